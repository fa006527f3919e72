import type { Command } from 'commander';
import { gateOptions } from '../../../shared/config.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import type { Version } from '../../../shared/contract/primitives.js';
import { dayOf } from '../../../shared/day.js';
import { evidenceKey, releaseKey } from '../../../shared/layout.js';
import { readLedger, readPromotionState } from '../../../shared/promotion/store.js';
import { listReleases } from '../../../shared/releases/list-releases.js';
import { readFiles, readReleaseAt } from '../../../shared/releases/read-release.js';
import {
  type Answer,
  addGlobalOptions,
  type Context,
  contextOf,
  print,
  unwrap,
} from '../context.js';
import type { Desk } from '../desk/desk.js';
import { withDesk } from '../desk/open.js';
import { EXIT } from '../exit-code.js';
import { plainTable } from '../table.js';
import { versionArgument } from '../version-argument.js';

const list = async (context: Context, { objects, documents, command }: Desk): Promise<number> => {
  const releases = unwrap(await listReleases(objects)());
  const { head } = unwrap(await readPromotionState(documents)());
  const rows = releases.map(({ version, asOfDate, symbols, complete }) => ({
    version,
    as_of_date: asOfDate,
    symbols,
    current: head?.version === version,
    complete,
  }));
  print(context, rows, () => {
    if (rows.length === 0) return `No release yet. Run: ${command('run')}`;
    const table = plainTable({ head: ['version', 'pool', ''] });
    for (const { version, symbols, current, complete } of rows)
      table.push([
        version,
        symbols.map((symbol) => symbol.replace(/USDT$/, '')).join(' '),
        current ? 'current' : complete ? '' : 'incomplete',
      ]);
    return table.toString();
  });
  return EXIT.ok;
};

const show = async (
  context: Context,
  { objects, documents, config }: Desk,
  version: Version,
): Promise<number> => {
  const release = unwrap(await readReleaseAt(objects, releaseKey(version, ''))());
  const ledger = unwrap(await readLedger(documents)());
  const { head } = unwrap(await readPromotionState(documents)());
  const evidence = unwrap(await objects.list(evidenceKey(version, ''))());
  const promotions = ledger.filter((entry) => entry.version === version);
  const answer = {
    version,
    current: head?.version === version,
    manifest: release.manifest,
    sha256: release.sha256,
    promotions,
    release_uri: `gs://${config.bucket}/${config.rootPrefix}/${releaseKey(version, '')}`,
    evidence: evidence.map(({ key }) => key),
  };
  print(context, answer, () =>
    [
      `${version}${answer.current ? ' (current)' : ''}`,
      `pool        ${release.livePool.symbols.join(' ')}`,
      `generated   ${release.manifest.generated_at}`,
      ...promotions.map(
        ({ seq, intent, promoted_at }) => `promotion   ${seq} (${intent}) at ${promoted_at}`,
      ),
      ...Object.entries(release.sha256).map(([name, sum]) => `${name.padEnd(18)}${sum}`),
      ...answer.evidence.map((key) => `evidence    ${key}`),
    ].join('\n'),
  );
  return EXIT.ok;
};

const verify = async (
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
      : [`${version} is broken:`, ...problems.map((one) => `  ${one}`)].join('\n'),
  );
  return ok ? EXIT.ok : EXIT.contractInvalid;
};

/** A task on the release that the argument names. */
const ofVersion = (task: typeof show, command: Command, text: string): Promise<number> => {
  const context = contextOf(command);
  const version = versionArgument(text);
  return withDesk(context, (desk) => task(context, desk, version));
};

export const releaseCommand = (program: Command, answer: Answer): void => {
  const release = addGlobalOptions(program.command('release'))
    .description('look at releases')
    .addHelpText('after', '\nExample:\n  live-pool release list');
  addGlobalOptions(release.command('list'))
    .description('all releases, oldest first')
    .addHelpText('after', '\nExample:\n  live-pool release list --format json')
    .action(async (_options, command: Command) => {
      const context = contextOf(command);
      answer(await withDesk(context, (desk) => list(context, desk)));
    });
  addGlobalOptions(release.command('show'))
    .description('one release: its pool, checksums, promotions and evidence')
    .argument('<version>')
    .addHelpText('after', '\nExample:\n  live-pool release show 2026-03-13-core_major')
    .action(async (version: string, _options, command: Command) =>
      answer(await ofVersion(show, command, version)),
    );
  addGlobalOptions(release.command('verify'))
    .description('hold a release in the bucket against the contract and its checksums')
    .argument('<version>')
    .addHelpText('after', '\nExample:\n  live-pool release verify 2026-03-13-core_major')
    .action(async (version: string, _options, command: Command) =>
      answer(await ofVersion(verify, command, version)),
    );
};
