import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { decodeJson } from '../../../shared/codec/decode.js';
import { type Failure, getOrThrow } from '../../../shared/codec/failure.js';
import { readIfPresent, replaceFile } from '../../../shared/local/files.js';
import type { StateFolder } from '../../local/state-folder.js';
import { RunOptions } from './options.js';

/** The content of `state.json`, which a state folder keeps between commands. */
const StateFile = t.exact(
  t.partial({
    /** The options of the last run; later commands use its bucket and, for the demo, its clock. */
    last: RunOptions,
    /** True until the run ends: its pending messages still need its source. */
    unfinished: t.boolean,
    /** The arguments that resume it, if it was not started by `run`. */
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
