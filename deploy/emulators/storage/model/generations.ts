import type { Clock } from '../../../../shared/ports/clock.js';

export interface Stamp {
  /** Microseconds since 1970, greater than every earlier generation. */
  readonly generation: number;
  readonly time: Date;
}

/** Creates generations in the service's format. They grow even if the clock stands still. */
export const generationNumbers = (now: Clock): (() => Stamp) => {
  let last = 0;
  return () => {
    const time = now();
    last = Math.max(time.getTime() * 1000, last + 1);
    return { generation: last, time };
  };
};
