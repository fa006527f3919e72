#!/usr/bin/env node
import { runCommandLine } from './program.js';
import { exitOnSignals } from './terminal/signals.js';

const args = process.argv.slice(2);

// The reader of a pipe may close it early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
exitOnSignals(args);

process.exitCode = await runCommandLine(args);
