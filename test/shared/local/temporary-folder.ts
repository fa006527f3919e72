import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface NewFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
  /** Its file system takes `A` and `a` for one name. */
  readonly foldsCase: boolean;
}

/** A new, empty folder. */
export const newFolder = async (): Promise<NewFolder> => {
  const root = await mkdtemp(join(tmpdir(), 'live-pool-'));
  writeFileSync(join(root, 'Probe'), '');
  return {
    path: join(root, 'state'),
    remove: () => rm(root, { recursive: true, force: true }),
    foldsCase: existsSync(join(root, 'probe')),
  };
};
