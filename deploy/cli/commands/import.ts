import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { explainErrors } from '../../../shared/codec/decode.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import { SymbolUsdt } from '../../../shared/codec/primitives.js';
import {
  type Imported,
  importArchive,
} from '../../../shared/market-data/archive/import-archive.js';
import { barStore } from '../../../shared/market-data/binance/bar-store.js';
import { barStoreEventText } from '../../../shared/market-data/binance/event-text.js';
import { type Action, contextOf, print } from '../context.js';
import { openStateStores } from '../run/state-stores.js';
import { withStateLock } from '../run/with-state-lock.js';
import { EXIT } from '../terminal/exit-code.js';
import { stageProgress } from '../terminal/progress.js';
import { UsageError } from '../terminal/usage-error.js';

const Symbols = t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt');

const symbolsOf = (text: unknown): readonly string[] | undefined => {
  if (text === undefined) return undefined;
  const symbols = Symbols.decode(String(text).split(','));
  if (E.isLeft(symbols)) throw new UsageError(explainErrors('--symbols', symbols.left));
  return symbols.right;
};

const importText = ({ files, symbols, bars, corrections }: Imported): string =>
  `Imported ${files} files of ${symbols} symbols: ${bars} new bars, ${corrections} corrected.`;

export const importAction: Action = async (command) => {
  const context = contextOf(command, { targets: 'local' });
  const { archive, symbols: text } = command.opts();
  if (archive === undefined) throw new UsageError('--archive: expected a folder, got none');
  const symbols = symbolsOf(text);
  await withStateLock(context.state, async () => {
    const { objects } = await openStateStores(context);
    // Not the demo's fixed clock: archives hold bars of the real market.
    const clock = (): Date => context.now ?? new Date();
    const progress = stageProgress(context);
    const kept = barStore({
      objects,
      clock,
      onEvent: (event) => progress.note(barStoreEventText(event)),
    });
    const folder = String(archive);
    const imported = getOrThrow(
      await importArchive({
        folder,
        kept,
        clock,
        onFile: (done, total) => progress.progressedBriefly({ what: 'files', done, total }),
        ...(symbols === undefined ? {} : { symbols }),
      })(),
    );
    print(context, imported, () => importText(imported));
  });
  return EXIT.ok;
};
