import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import * as t from 'io-ts';
import { OPTIONAL_TRACKS } from '../../../deploy/cli/commands/monthly-shadow-build.js';
import { monthlyShadowBuildCommand } from '../../../deploy/cli/declarations/monthly-shadow-build.js';
import { decodeJson } from '../../../shared/codec/decode.js';
import { livePoolProcess, temporaryFolder } from '../../support/cli.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const Coverage = t.type({ result: t.array(t.type({ url: t.string })) }, 'coverage');

describe('live-pool', function () {
  this.timeout(60_000);
  const place = temporaryFolder();

  /** Every module of ours that a line loads, without `dist/`; node lists what it has compiled. */
  const loadedBy = async (...args: readonly string[]): Promise<readonly string[]> => {
    const folder = join(place(), args.join(' '));
    const { code, stderr } = await livePoolProcess(args, {
      environment: { NODE_V8_COVERAGE: folder },
    });
    assert.equal(code, 0, stderr);
    return readdirSync(folder)
      .flatMap(
        (file) =>
          getOrThrow(decodeJson(Coverage, file)(readFileSync(join(folder, file), 'utf8'))).result,
      )
      .flatMap(({ url }) => /\/dist\/(.+\.js)$/.exec(url)?.[1] ?? [])
      .filter((path) => !path.includes('node_modules'));
  };
  const commandsIn = (paths: readonly string[]): readonly string[] =>
    paths.filter((path) => /^deploy\/cli\/(commands|release|status|target)\//.test(path));

  for (const args of [
    ['--version'],
    ['--help'],
    ['help', 'run'],
    ['status', '--help'],
    ['release', 'diff', '--help'],
  ])
    it(`loads no command for ${args.join(' ')}`, async () => {
      const loaded = await loadedBy(...args);
      assert.ok(loaded.includes('deploy/cli/program.js'));
      assert.deepEqual(commandsIn(loaded), []);
      assert.deepEqual(
        loaded.filter((path) => /^(functions|shared\/(gcp|ranking|report))\//.test(path)),
        [],
      );
    });

  it('loads the one command that the line names', async () => {
    const loaded = await loadedBy('history', '--state', join(place(), 'none'));
    const commands = loaded.filter((path) => path.startsWith('deploy/cli/commands/'));
    assert.deepEqual(commands, ['deploy/cli/commands/history.js']);
  });

  it('names every optional track in the help of monthly-shadow-build', () => {
    const program = new Command('live-pool');
    monthlyShadowBuildCommand(program, () => undefined);
    const help = program.commands[0]?.helpInformation() ?? '';
    for (const { id } of OPTIONAL_TRACKS) assert.match(help, new RegExp(`track.* ${id}`));
  });
});
