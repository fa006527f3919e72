/** Why an operation is refused. Thrown: wherever it is found, it ends the request. */
export class StorageError extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    /** The word by which Google's errors name the cause. */
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

/** What the real service can do and this stand-in cannot; `what` completes "… is not implemented". */
export const notImplemented = (what: string): StorageError =>
  new StorageError(501, 'notImplemented', `${what} is not implemented by this storage stand-in.`);

/** A failure that passes: the client asks where the upload stands and sends again. */
export const sendAgain = (message: string): StorageError =>
  new StorageError(503, 'backendError', message);
