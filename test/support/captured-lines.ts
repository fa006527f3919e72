import type { Environment } from '../../functions/environment.js';
import { cloudLog } from '../../shared/gcp/log.js';
import { memoryWorld, type World } from './memory-world.js';

export type Line = Readonly<Record<string, unknown>>;

export interface CapturedLines {
  /** What would have gone to standard output, as it would have. */
  readonly raw: readonly string[];
  readonly lines: () => readonly Line[];
  /** A world whose functions write their lines as they do in the cloud. */
  readonly world: (
    own?: Partial<Environment>,
    wrapped?: (environment: Environment) => Partial<Environment>,
  ) => World;
}

/** Lines of functions in memory, through the writer that is used in the cloud. */
export const capturedLines = (): CapturedLines => {
  const raw: string[] = [];
  return {
    raw,
    lines: () => raw.map((line): Line => JSON.parse(line)),
    world: (own, wrapped = () => ({})) =>
      memoryWorld(own, (plain) => {
        const write = cloudLog({
          clock: plain.clock,
          project: 'some-project',
          revision: plain.config.sourceRevision,
          stdout: { write: (line) => void raw.push(line) },
        });
        return {
          ...wrapped(plain),
          log: (entry) => {
            plain.log(entry);
            write(entry);
          },
        };
      }),
  };
};
