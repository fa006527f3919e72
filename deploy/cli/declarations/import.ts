import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const importCommand = (program: Command, setExitCode: SetExitCode): void => {
  addGlobalOptions(program.command('import'))
    .description("import daily bars from Binance's public archives, for --source binance")
    .option('--archive <dir>', 'folder of <SYMBOL>-1d-<YYYY-MM>.zip or .csv with .CHECKSUM files')
    .option('--symbols <symbols>', 'SYMBOL,SYMBOL,… (default: all in the folder)')
    .addHelpText(
      'after',
      exampleText('live-pool import --archive data/spot/monthly/klines --symbols BTCUSDT,TRXUSDT'),
    )
    .action(
      onDemand(setExitCode, async () => (await import('../commands/import.js')).importAction),
    );
};
