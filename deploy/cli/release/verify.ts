import { gateOptions } from '../../../shared/config.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import type { Version } from '../../../shared/contract/primitives.js';
import { dayOf } from '../../../shared/day.js';
import { releaseKey } from '../../../shared/layout.js';
import { readFiles } from '../../../shared/releases/read-release.js';
import { type Context, print, unwrap } from '../context.js';
import type { Desk } from '../desk/desk.js';
import { EXIT } from '../exit-code.js';
import { wrap } from '../wrap.js';

/** Holds a release in the bucket against the contract and its checksums. */
export const verifyCommand = async (
  context: Context,
  { objects, config, clock }: Desk,
  version: Version,
): Promise<number> => {
  const files = unwrap(await readFiles(objects, releaseKey(version, ''))());
  const { errors } = validateRelease(files, {
    ...gateOptions(config, version),
    today: dayOf(clock()),
    // A release is verified for what it says; readers judge its age.
    allowStale: true,
  });
  const ok = errors.length === 0;
  const problems = errors.map(({ message }) => message);
  print(context, { version, ok, problems }, () =>
    ok
      ? `ok: ${version} is complete and its checksums hold`
      : [`${version} is broken:`, ...problems.flatMap((one) => wrap(`  ${one}`, 4))].join('\n'),
  );
  return ok ? EXIT.ok : EXIT.contractInvalid;
};
