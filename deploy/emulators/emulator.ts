/** One emulated cloud service, on a fixed loopback port. */
export interface Emulator {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** Undefined while the emulator is down, or if it is not a separate process. */
  readonly pid: () => number | undefined;
  /** Kills the emulator immediately. Its data in memory is lost. */
  readonly kill: () => Promise<void>;
  /** Starts the emulator again on its port; resolves when it responds. */
  readonly restart: () => Promise<void>;
}
