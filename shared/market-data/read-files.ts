import { readdir, readFile } from 'node:fs/promises';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent, unavailable } from '../codec/failure.js';

const WRONG_PATH = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : '';

/** A path that does not exist is a permanent failure; other errors are transient. */
const failureOf =
  (expected: string, path: string) =>
  (cause: unknown): Failure =>
    WRONG_PATH.has(codeOf(cause))
      ? permanent('configuration', `${path}: expected ${expected}, got ${codeOf(cause)}`, { cause })
      : unavailable(`read ${path}`)(cause);

/** The bytes of a file. `expected` describes the expected file in the message. */
export const readBytes = (expected: string, path: string): TaskEither<Failure, Uint8Array> =>
  TE.tryCatch(() => readFile(path), failureOf(expected, path));

/** The names in a folder. */
export const listFolder = (
  expected: string,
  path: string,
): TaskEither<Failure, readonly string[]> =>
  TE.tryCatch(() => readdir(path), failureOf(expected, path));
