import { basename } from 'node:path';
import { sha256 } from '../../codec/hash.js';
import { type InputProblem, quoted } from '../input-problems.js';

const LINE = /^(?<hash>[0-9a-f]{64}) [ *](?<name>\S+)$/;

/** Verifies a file against the text of its `.CHECKSUM` file (sha256sum's format). */
export const checksumProblem = (
  path: string,
  bytes: Uint8Array,
  text: string,
): InputProblem | undefined => {
  const name = basename(path);
  const groups = LINE.exec(text.trimEnd())?.groups;
  if (groups === undefined || groups.name !== name) {
    return { expected: `a .CHECKSUM file with a SHA-256 and ${name}`, got: quoted(text) };
  }
  const actual = sha256(bytes);
  return actual === groups.hash
    ? undefined
    : { expected: `SHA-256 ${groups.hash}, as its .CHECKSUM file says`, got: actual };
};
