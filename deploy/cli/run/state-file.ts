import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { decodeJson } from '../../../shared/codec/decode.js';
import { type Failure, getOrThrow } from '../../../shared/codec/failure.js';
import { readIfPresent, replaceFile } from '../../../shared/local/files.js';
import type { StateFolder } from '../../local/state-folder.js';
import { RunOptions } from './options.js';

/** What a state folder remembers between commands. */
const StateFile = t.exact(
  t.partial({
    /** The run that was begun last; later commands use its bucket, and the demo's clock. */
    last: RunOptions,
    /** It has not ended: its messages still need its source. */
    unfinished: t.boolean,
    /** The words that go on with it, where those are not `run`'s. */
    again: t.string,
  }),
  'state.json',
);
export type StateFile = t.TypeOf<typeof StateFile>;

export const readStateFile = async (state: StateFolder): Promise<StateFile> => {
  const text = await readIfPresent(state.stateFile);
  if (text === undefined) return {};
  return pipe(
    decodeJson(StateFile, state.stateFile)(text.toString('utf8')),
    E.mapLeft((failure): Failure => ({ ...failure, code: 'configuration' })),
    getOrThrow,
  );
};

export const writeStateFile = (state: StateFolder, stateFile: StateFile): Promise<void> =>
  replaceFile(state.stateFile, `${JSON.stringify(stateFile, null, 2)}\n`);
