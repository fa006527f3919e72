import assert from 'node:assert/strict';
import { CommanderError } from 'commander';
import { UsageError } from '../../../deploy/cli/terminal/usage-error.js';
import { parseArguments } from '../../../deploy/emulators/arguments.js';

const defaults = { projectId: 'demo-live-pool', bucket: 'live-pool-local' };

describe('the arguments after npm run emulators --', () => {
  const cases: readonly (readonly [string, readonly string[], object])[] = [
    ['nothing at all: no command', [], { ...defaults, command: [] }],
    ['a command', ['npm', 'test'], { ...defaults, command: ['npm', 'test'] }],
    [
      'a command with options, its own -- and one that is also ours',
      ['npm', 'test', '--', '--project', 'x', '-v'],
      { ...defaults, command: ['npm', 'test', '--', '--project', 'x', '-v'] },
    ],
    [
      'our options before the command',
      ['--project', 'other-project', '--bucket=other.bucket', 'env', '--null'],
      { projectId: 'other-project', bucket: 'other.bucket', command: ['env', '--null'] },
    ],
    [
      'a -- before the command',
      ['--bucket', 'other', '--', 'env', '-0'],
      { ...defaults, bucket: 'other', command: ['env', '-0'] },
    ],
  ];
  for (const [title, words, expected] of cases)
    it(`are read: ${title}`, () => assert.deepEqual(parseArguments(words), expected));

  it('are rejected if a project id or bucket name is invalid', () => {
    assert.throws(() => parseArguments(['--project', 'No', 'env']), {
      name: UsageError.name,
      message: '--project: expected 6 to 30 lower-case letters, digits and dashes, got No',
    });
    assert.throws(() => parseArguments(['--bucket', 'A', 'env']), UsageError);
  });
});

describe('an unknown option', () => {
  const { write } = process.stderr;
  beforeEach(() => {
    process.stderr.write = () => true;
  });
  afterEach(() => {
    process.stderr.write = write;
  });

  it('is rejected before the command', () =>
    assert.throws(() => parseArguments(['--projct', 'x', 'env']), CommanderError));
});
