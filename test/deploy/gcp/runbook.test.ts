import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  commandsOf,
  notExecuted,
  runbookText,
  sectionsOf,
} from '../../emulator/support/runbook-document.js';
import { temporaryFolder } from '../../support/cli.js';
import { folder as moduleFolder } from './terraform-module.js';

const isThere = (command: string): boolean =>
  spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** A check that needs an external command; skipped without it, and the title says so. */
const itWith = (command: string, title: string, body: () => void): void => {
  if (isThere(command)) it(title, body);
  else it.skip(`${title} — SKIPPED: there is no ${command} on the path`);
};

describe('the runbook', () => {
  const text = runbookText();
  const sections = sectionsOf(text);
  const blocks = sections.flatMap(({ blocks: own }) => own);
  const commands = blocks.flatMap(commandsOf);
  const startingWith = (word: string): readonly string[] =>
    commands.filter((command) => command.startsWith(`${word} `));
  const temporary = temporaryFolder();

  it('has a section for every alarm, which its mail names', () => {
    const locals = readFileSync(join(moduleFolder, 'locals.tf'), 'utf8');
    const { release_age_alarms: ages } = JSON.parse(
      readFileSync(join(moduleFolder, 'topology.json'), 'utf8'),
    );
    const alarm = /(\w+)(?:\$\{\S+\}")? (?:=>|=) \{\n +severity = .*\n +title += "(.*)"$/gm;
    const monitoring = readFileSync(join(moduleFolder, 'monitoring.tf'), 'utf8');
    const alone =
      /"google_monitoring_alert_policy" "(\w+)" \{\n.*\n +display_name = "Live pool: (\w.*)"$/gm;
    const found = [
      ...[...locals.matchAll(alarm)].flatMap(([, key = '', title = '']) =>
        key === 'release_age_'
          ? ages.map(({ days }: { days: number }) => [
              `${key}${days}`,
              title.replace(`\${alarm.days}`, String(days)),
            ])
          : [[key, title]],
      ),
      ...[...monitoring.matchAll(alone)].map(([, key = '', title = '']) => [key, title]),
    ];
    assert.equal(found.length, 10);
    for (const [key, title] of found) {
      assert.ok(text.includes(`**Live pool: ${title}**`), `The table does not have: ${title}`);
      assert.match(text, new RegExp(`Live pool: ${title}\\*\\* +\\| \\[${key}\\]\\(#${key}\\) `));
      assert.ok(
        sections.some(({ heading }) => heading === key),
        `There is no section ${key}.`,
      );
    }
  });

  it('states for every alarm what it means, what readers see and when it ends', () => {
    const [, alarms = ''] = /\n## Alarms\n([\s\S]*?)\n## /.exec(text) ?? [];
    const parts = alarms.split(/\n### /).slice(1);
    assert.equal(parts.length, 10);
    for (const part of parts)
      for (const demanded of ['**What it means.**', '**What readers see.**', '**It is over when**'])
        assert.ok(part.includes(demanded), `${part.split('\n')[0]} does not say ${demanded}`);
  });

  it('links to existing sections', () => {
    const anchors = sections.map(({ heading }) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor);
    assert.ok(links.length > 30);
    assert.deepEqual(
      links.filter((anchor) => !anchors.includes(anchor)),
      [],
    );
  });

  it('has blocks that a shell can parse', () => {
    for (const block of blocks) execFileSync('bash', ['-n', '-c', block]);
  });

  it('has comments without quotation marks that a shell could misread', () => {
    const comments = blocks.flatMap((block) => block.match(/(?<=^|\s)# .*$/gm) ?? []);
    assert.ok(comments.length > 20);
    assert.deepEqual(
      comments.filter((comment) => /['"`]/.test(comment)),
      [],
    );
  });

  it('detects a broken block', () => {
    assert.throws(() => execFileSync('bash', ['-n', '-c', 'if true'], { stdio: 'ignore' }));
    assert.deepEqual(commandsOf(`A=1 npm ci | jq '.[] | select(.a == "b")' # no\nx="$(git log)"`), [
      'npm ci',
      `jq '.[] | select(.a == "b")'`,
      'git log',
    ]);
  });

  it('lists the commands that no test executes', () => {
    const [, list = ''] = /\n## What no test has executed\n([\s\S]*)$/.exec(text) ?? [];
    const listed = [...list.matchAll(/^- `(.*)`$/gm)].map(([, name = '']) => name);
    assert.deepEqual(listed, notExecuted(sections));
  });

  it('names scripts of this package', () => {
    const manifest = resolve(import.meta.dirname, '../../../package.json');
    const { scripts } = JSON.parse(readFileSync(manifest, 'utf8'));
    const named = startingWith('npm run').map((command) => command.split(' ')[2] ?? '');
    assert.ok(named.length > 0);
    for (const name of named) assert.ok(name in scripts, `There is no script ${name}.`);
  });

  itWith('gcloud', "uses Google's command as it is: words and flags", () => {
    const lint = (given: readonly string[]): readonly string[] => {
      const file = join(temporary(), 'commands.json');
      // Every variable stands for a value, and the linter takes none of a shell's syntax.
      const all = given.map((command) =>
        command
          .replaceAll('$PROJECT', 'my-project')
          .replaceAll(/\$\((?:[^()]|\([^()]*\))*\)/g, 'value')
          .replaceAll(/\$\w+/g, 'value')
          .replaceAll(/ [<>].*$/g, ''),
      );
      const plain = [...new Set(all)];
      writeFileSync(file, JSON.stringify(plain.map((command_string) => ({ command_string }))));
      const env = {
        ...process.env,
        CLOUDSDK_CONFIG: join(temporary(), 'gcloud'),
        CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: '1',
      };
      const words = ['meta', 'lint-gcloud-commands', `--commands-file=${file}`];
      const answer = execFileSync('gcloud', words, { env, encoding: 'utf8', maxBuffer: 2 ** 26 });
      const results: readonly Record<string, unknown>[] = JSON.parse(answer);
      assert.equal(results.length, plain.length);
      return results
        .filter(({ success }) => success !== true)
        .map(({ command_string, error_message }) => `${command_string}: ${error_message}`);
    };
    const broken = ['gcloud pubsub topics list --colour=red', 'gcloud pubsub topics lost'];
    const problems = lint([...startingWith('gcloud'), ...broken]);
    assert.equal(problems.length, 2, problems.join('\n'));
    assert.match(problems.join('\n'), /--colour=red[\s\S]*lost/);
  });

  itWith('terraform', 'uses Terraform as it is: words and flags', () => {
    const helps = new Map<string, string>();
    const helpOf = (subcommand: string): string => {
      const known = helps.get(subcommand);
      const help =
        known ?? spawnSync('terraform', [subcommand, '-help'], { encoding: 'utf8' }).stdout;
      helps.set(subcommand, help);
      return help;
    };
    const problemOf = (command: string): string | undefined => {
      const words = command
        .replaceAll(/"[^"]*"/g, 'value')
        .split(/\s+/)
        .slice(1);
      const [subcommand = '', ...rest] = words.filter((word) => word !== '-chdir=deploy/gcp');
      if (!helpOf(subcommand).startsWith('Usage: terraform [global options]')) return command;
      if (!helpOf(subcommand).includes(` ${subcommand} `)) return command;
      const flags = rest.filter((word) => word.startsWith('-')).map((word) => word.split('=')[0]);
      return flags.every((flag) => new RegExp(`^ +${flag}\\b`, 'm').test(helpOf(subcommand)))
        ? undefined
        : command;
    };
    const broken = ['terraform plan -nonsense', 'terraform plant'];
    const problems = [...startingWith('terraform'), ...broken].map(problemOf);
    assert.deepEqual(
      problems.filter((problem) => problem !== undefined),
      broken,
    );
  });
});
