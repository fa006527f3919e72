import { baseAssetOf } from '../../../shared/codec/base-asset.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { listReleases } from '../../../shared/releases/list-releases.js';
import { type Context, print } from '../context.js';
import type { CommandTarget } from '../target/command-target.js';
import { stdoutPaint } from '../terminal/colour.js';
import { EXIT } from '../terminal/exit-code.js';
import { plainTable } from '../terminal/table.js';
import { wrap } from '../terminal/wrap.js';

const POOL_WIDTH = 44;
const POOL_LINES = 2;

/** Lists all releases, oldest first. */
export const listCommand = async (
  context: Context,
  { objects, documents, commandLine }: CommandTarget,
): Promise<number> => {
  const releases = getOrThrow(await listReleases(objects)());
  const { head, revoked } = getOrThrow(await readPromotionState(documents)());
  const rows = releases.map(({ version, asOfDate, symbols, complete }) => ({
    version,
    as_of_date: asOfDate,
    symbols,
    current: head?.version === version,
    complete,
    revoked: revoked.includes(version),
  }));
  print(context, rows, () => {
    if (rows.length === 0) return `No release yet. Run: ${commandLine('run')}`;
    const paint = stdoutPaint();
    const table = plainTable({ head: ['version', '', 'pool'] });
    for (const { version, symbols, current, complete, revoked } of rows)
      table.push([
        version,
        current
          ? paint('good', 'current')
          : complete
            ? revoked
              ? 'revoked'
              : ''
            : paint('bad', 'incomplete'),
        wrap(symbols.map(baseAssetOf).join(' '), 0, POOL_LINES, POOL_WIDTH).join('\n'),
      ]);
    return table.toString();
  });
  return EXIT.ok;
};
