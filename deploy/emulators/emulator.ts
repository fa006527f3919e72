/** One stand-in for a cloud service, on a loopback port that it keeps. */
export interface Emulator {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** Undefined while it is down, and where the emulator is no process of its own. */
  readonly pid: () => number | undefined;
  /** Takes it down in the middle of whatever it does. What it kept in memory is lost. */
  readonly kill: () => Promise<void>;
  /** Brings it up again on its port; resolves when it answers. */
  readonly restart: () => Promise<void>;
}
