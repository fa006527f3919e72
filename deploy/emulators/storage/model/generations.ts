import type { Clock } from '../../../../shared/ports/clock.js';

export interface Stamp {
  /** Microseconds since 1970, and above every stamp before it. */
  readonly generation: number;
  readonly time: Date;
}

/** Numbers what happens. They look like the service's, and grow even while the clock stands still. */
export const generationNumbers = (now: Clock): (() => Stamp) => {
  let last = 0;
  return () => {
    const time = now();
    last = Math.max(time.getTime() * 1000, last + 1);
    return { generation: last, time };
  };
};
