#!/usr/bin/env node
import { runCommandLine } from './program.js';
import { exitOnSignals } from './terminal/signals.js';

const words = process.argv.slice(2);

// Whoever reads the answer may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
exitOnSignals(words);

process.exitCode = await runCommandLine(words);
