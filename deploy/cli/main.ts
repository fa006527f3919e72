#!/usr/bin/env node
import { endOnSignals } from './interruption.js';
import { runCommandLine } from './program.js';

const words = process.argv.slice(2);

// Whoever reads the answer may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
endOnSignals(words);

process.exitCode = await runCommandLine(words);
