import type { Command } from 'commander';
import { BINANCE_URL } from '../../../shared/market-data/binance/http/public-url.js';

/** The flags of `run`, which every command takes that goes through a month. */
export const addRunFlags = (command: Command): Command =>
  command
    .option('--source <source>', 'demo, csv or binance (default: demo)')
    .option('--data-dir <dir>', 'csv: the folder of <SYMBOL>.csv')
    .option('--metadata <file>', 'csv: the metadata CSV file')
    .option('--binance-url <url>', `binance: default ${BINANCE_URL}`)
    .option('--as-of-date <date>', 'default: the last day of the month before (demo: 2026-03-13)')
    .option('--mode <mode>', 'universe mode (default: core_major)')
    .option('--pool-size <n>', 'members of the pool (default: 5)')
    .option('--previous-pool <pool>', 'auto, none or SYMBOL,SYMBOL,… (default: auto)')
    .option('--dry-run', 'stop before promotion; objects go to scratch/')
    .option('--allow-stale', 'waive the age rule')
    .option('--selection-meta', 'write selection_meta into the live artifacts');
