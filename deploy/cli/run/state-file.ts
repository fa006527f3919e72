import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeJson } from '../../../shared/codec/decode.js';
import { FailureError } from '../../../shared/codec/failure.js';
import { readIfPresent, replaceFile } from '../../../shared/local/files.js';
import type { StateFolder } from '../../local/state-folder.js';
import { RunOptions } from './options.js';

/** What a state folder remembers between commands. */
const Memory = t.exact(
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
export type Memory = t.TypeOf<typeof Memory>;

export const readMemory = async (state: StateFolder): Promise<Memory> => {
  const text = await readIfPresent(state.memory);
  if (text === undefined) return {};
  const memory = decodeJson(Memory, state.memory)(text.toString('utf8'));
  if (E.isLeft(memory)) throw new FailureError({ ...memory.left, code: 'configuration' });
  return memory.right;
};

export const writeMemory = (state: StateFolder, memory: Memory): Promise<void> =>
  replaceFile(state.memory, `${JSON.stringify(memory, null, 2)}\n`);
