/** A rejected operation. It is thrown, and ends the request from any depth. */
export class StorageError extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    /** The `reason` in Google's error format. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export const notModified = (): StorageError =>
  new StorageError(304, 'notModified', 'Not modified.');

export const invalid = (message: string): StorageError => new StorageError(400, 'invalid', message);

export const notFound = (message: string): StorageError =>
  new StorageError(404, 'notFound', message);

export const conflict = (message: string): StorageError =>
  new StorageError(409, 'conflict', message);

export const conditionNotMet = (message: string): StorageError =>
  new StorageError(412, 'conditionNotMet', message);

export const rangeNotSatisfiable = (message: string): StorageError =>
  new StorageError(416, 'requestedRangeNotSatisfiable', message);

/** A feature that only the real service has; `what` is the subject of "… is not implemented". */
export const notImplemented = (what: string): StorageError =>
  new StorageError(501, 'notImplemented', `${what} is not implemented by this storage stand-in.`);

/** A transient failure: the client queries the upload's status and resends. */
export const sendAgain = (message: string): StorageError =>
  new StorageError(503, 'backendError', message);
