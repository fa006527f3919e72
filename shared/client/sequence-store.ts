import { type TextStore, textFile } from './text-store.js';

/** The number of the last promotion whose event was handled. */
export interface SequenceStore {
  /** 0 where none has been. */
  readonly read: () => Promise<number>;
  readonly write: (seq: number) => Promise<void>;
}

/** Forgets with the process: after a restart an old event that is replayed passes for a new one. */
export const memorySequence = (): SequenceStore => {
  let last = 0;
  return {
    read: async () => last,
    write: async (seq) => {
      last = seq;
    },
  };
};

const storedSequence = ({ read, write }: TextStore, what: string): SequenceStore => ({
  read: async () => {
    const text = await read();
    if (text === undefined) return 0;
    if (!/^\d{1,15}$/.test(text.trim()))
      throw new Error(`${what}: expected the number of a promotion, got ${text.slice(0, 80)}`);
    return Number(text);
  },
  write: (seq) => write(String(seq)),
});

/** Survives a restart. */
export const fileSequence = (path: string): SequenceStore => storedSequence(textFile(path), path);
