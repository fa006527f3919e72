import * as E from 'fp-ts/lib/Either.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { gateOptions } from '../../../shared/config.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import { type PartialReleaseFiles, readRelease } from '../../../shared/contract/release.js';
import { dayOf } from '../../../shared/day.js';
import { releaseKey } from '../../../shared/object-keys.js';
import type { LedgerEntry } from '../../../shared/promotion/ledger.js';
import { readLedger } from '../../../shared/promotion/read-ledger.js';
import { manifestProblem, readFiles } from '../../../shared/releases/read-release.js';
import { type Context, print } from '../context.js';
import type { CommandTarget } from '../target/command-target.js';
import { EXIT } from '../terminal/exit-code.js';
import { wrap } from '../terminal/wrap.js';
import { unknownReleaseError } from './read-release.js';

/** The problem of files that are consistent but differ from the promoted release. */
const unpromoted = (
  files: PartialReleaseFiles,
  ledger: readonly LedgerEntry[],
  version: Version,
): readonly string[] => {
  const release = readRelease(files);
  const entry = ledger.find((one) => one.version === version);
  if (E.isLeft(release) || entry === undefined) return [];
  const problem = manifestProblem(release.right, entry);
  return problem === undefined ? [] : [problem];
};

/** Checks a release in the bucket against the contract, its checksums and the ledger. */
export const verifyCommand = async (
  context: Context,
  target: CommandTarget,
  version: Version,
): Promise<number> => {
  const { objects, documents, config, clock } = target;
  const files = getOrThrow(await readFiles(objects, releaseKey(version, ''))());
  const ledger = getOrThrow(await readLedger(documents)());
  if (Object.keys(files).length === 0 && !ledger.some((entry) => entry.version === version))
    throw await unknownReleaseError(target, version);
  const { errors } = validateRelease(files, {
    ...gateOptions(config, version),
    today: dayOf(clock()),
    // Verification covers the content; readers check the age.
    allowStale: true,
  });
  const problems = [...errors.map(({ message }) => message), ...unpromoted(files, ledger, version)];
  const ok = problems.length === 0;
  print(context, { version, ok, problems }, () =>
    ok
      ? `ok: ${version} is complete and its checksums match`
      : [
          `${version} is damaged:`,
          ...problems.flatMap((problem) => wrap(`  ${problem}`, 4)),
          'See "An object was deleted or overwritten" in deploy/gcp/RUNBOOK.md.',
        ].join('\n'),
  );
  return ok ? EXIT.ok : EXIT.contractInvalid;
};
