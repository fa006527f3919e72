import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const importCommand = (program: Command, answer: SetExitCode): void => {
  addGlobalOptions(program.command('import'))
    .description("keep the daily bars of Binance's public archives, for --source binance")
    .option('--archive <dir>', 'folder of <SYMBOL>-1d-<YYYY-MM>.zip or .csv, .CHECKSUM beside them')
    .option('--symbols <symbols>', 'SYMBOL,SYMBOL,… (default: all in the folder)')
    .addHelpText(
      'after',
      exampleText('live-pool import --archive data/spot/monthly/klines --symbols BTCUSDT,TRXUSDT'),
    )
    .action(onDemand(answer, async () => (await import('../commands/import.js')).importAction));
};
