import type { Command } from 'commander';
import { BINANCE_URL } from '../../../shared/market-data/binance/http/public-url.js';

/** The flags of `run` and of every other command that runs a month. */
export const addRunFlags = (command: Command): Command =>
  command
    .option('--source <source>', 'demo, csv or binance (default: demo)')
    .option('--data-dir <dir>', 'csv: folder of <SYMBOL>.csv files')
    .option('--metadata <file>', 'csv: metadata CSV file')
    .option('--binance-url <url>', `binance: base URL (default: ${BINANCE_URL})`)
    .option(
      '--as-of-date <date>',
      'day of the bars (default: last day of the previous month; demo: 2026-03-13)',
    )
    .option('--mode <mode>', 'universe mode (default: core_major)')
    .option('--pool-size <n>', 'pool size (default: 5)')
    .option('--previous-pool <pool>', 'auto, none or SYMBOL,SYMBOL,… (default: auto)')
    .option('--dry-run', 'stop before promotion; write objects to scratch/')
    .option('--allow-stale', 'waive the age rule')
    .option('--selection-meta', 'write selection_meta into the live artifacts');
