import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { type GateOptions, validateRelease } from '../../../../shared/contract/gate/gate.js';
import { verdictToEither } from '../../../../shared/contract/gate/problem.js';
import { parseIsoDay } from '../../../../shared/day.js';
import { texts } from '../hand-written-release.js';
import { bytesOf, changed, resealed, type Texts } from './release-mutations.js';

const today = parseIsoDay('2026-03-14');
const tooLate = parseIsoDay('2026-04-28');
const judge = (release: Partial<Texts>, options: Partial<GateOptions> = {}) =>
  validateRelease(bytesOf(release), { today, ...options });

const unsigned = {
  ...texts,
  'artifact_manifest.json': texts['artifact_manifest.json'].replace(
    /,\n {2}"runtime_evidence_identity"[\s\S]*$/,
    '\n}',
  ),
};

describe('the release gate', () => {
  it('accepts a valid release without a warning', () => {
    assert.deepEqual(judge(texts), { errors: [], warnings: [] });
  });

  it('accepts a release of today, and one of 45 days ago', () => {
    assert.deepEqual(judge(texts, { today: parseIsoDay('2026-03-13') }).errors, []);
    assert.deepEqual(judge(texts, { today: parseIsoDay('2026-04-27') }).errors, []);
  });

  it('warns of a stale release where staleness is allowed', () => {
    const verdict = judge(texts, { today: tooLate, allowStale: true });
    assert.deepEqual(verdict, {
      errors: [],
      warnings: [
        {
          code: 'stale',
          message:
            'live_pool.json: as_of_date: expected a day at most 45 days before today, 2026-04-28, got "2026-03-13", which is 46 days old',
        },
      ],
    });
  });

  it('waives only the age if staleness is allowed', () => {
    const release = { ...texts, 'latest_universe.json': '{}' };
    const strict = judge(release, { today: tooLate }).errors;
    const waived = judge(release, { today: tooLate, allowStale: true }).errors;
    assert.deepEqual(
      waived,
      strict.filter(({ code }) => code !== 'stale'),
    );
    assert.ok(waived.length > 0);
  });

  it('warns where no commit of the producer is known', () => {
    assert.deepEqual(judge(unsigned), {
      errors: [],
      warnings: [
        {
          code: 'source-revision',
          message:
            "artifact_manifest.json: runtime_evidence_identity: expected the producer's commit, without which strict readers refuse the document, got nothing",
        },
      ],
    });
  });

  it('reports all problems of a release at once', () => {
    const release = {
      ...changed(
        'live_pool.json',
        '"LTCUSDT"\n',
        '"ltcusdt"\n',
        changed('live_pool.json', '"mode": "core_major"', '"mode": "core_minor"'),
      ),
      'latest_ranking.csv': texts['latest_ranking.csv'].replace('False,7', 'False,9'),
    };
    const { errors, warnings } = judge(
      Object.fromEntries(
        Object.entries(release).filter(([file]) => file !== 'latest_universe.json'),
      ),
      { today: tooLate, expectedSourceProject: 'another-project', requireManifest: true },
    );
    assert.deepEqual(
      errors.map(({ code, message }) => `${code} | ${message.replace(/, got .*/, '')}`),
      [
        'missing-file | latest_universe.json: expected this file',
        'malformed | live_pool.json: symbols.4: expected SymbolUsdt (an upper-case symbol that ends in USDT)',
        'disagreement | live_pool.json: mode: expected "core_major" as elsewhere in the release',
        'identity | live_pool.json: source_project: expected "another-project"',
        'ranking | latest_ranking.csv: line 8: current_rank: expected 7',
        ...['latest_ranking.csv', 'live_pool.json'].map(
          (file) =>
            `checksum | ${file}: SHA-256: expected ${
              texts['artifact_manifest.json'].match(
                new RegExp(`"${file}",\\s+"sha256": "(\\w+)"`),
              )?.[1]
            } as in artifact_manifest.json`,
        ),
        'stale | live_pool.json: as_of_date: expected a day at most 45 days before today, 2026-04-28',
        'missing-file | release_manifest.json: expected this file',
      ],
    );
    assert.deepEqual(warnings, []);
  });

  it('reports of an empty folder only that all five artifacts are missing', () => {
    const { errors, warnings } = judge({});
    assert.deepEqual(
      errors.map(({ code }) => code),
      Array.from({ length: 5 }, () => 'missing-file'),
    );
    assert.deepEqual(warnings, []);
  });

  it('reports text that is not UTF-8', () => {
    const files = { ...bytesOf(texts), 'latest_ranking.csv': Uint8Array.of(0xff, 0xfe) };
    const messages = validateRelease(files, { today }).errors.map(({ message }) => message);
    assert.ok(messages.includes('latest_ranking.csv: expected UTF-8 text, got other bytes'));
    const other = { ...bytesOf(texts), 'live_pool.json': Uint8Array.of(0xff) };
    const others = validateRelease(other, { today }).errors.map(({ message }) => message);
    assert.ok(others.includes('live_pool.json: expected UTF-8 text, got other bytes'));
  });

  it('reports text that is not JSON, a byte order mark included', () => {
    for (const text of ['{', '', `\uFEFF${texts['latest_universe.json']}`]) {
      const { errors } = judge(resealed({ ...texts, 'latest_universe.json': text }));
      assert.deepEqual(
        errors.map(({ code }) => code),
        ['malformed'],
      );
      assert.match(errors[0]?.message ?? '', /^latest_universe\.json: not JSON: /);
    }
  });

  it('reports JSON of another shape', () => {
    for (const text of ['null', '[]', '7', '"pool"']) {
      const { errors } = judge(
        Object.fromEntries(
          Object.entries(texts).map(([file, own]) => [file, file.endsWith('.json') ? text : own]),
        ),
      );
      assert.ok(errors.length >= 4 && errors.every(({ message }) => message.includes('expected')));
    }
  });
});

describe('the verdict of the gate', () => {
  const failureOf = (options: Partial<GateOptions>, release: Partial<Texts> = texts) => {
    const result = verdictToEither(judge(release, options));
    assert.ok(E.isLeft(result));
    return result.left;
  };

  it('is acceptance if there are only warnings', () => {
    const verdict = judge(unsigned, { today: tooLate, allowStale: true });
    assert.equal(verdict.warnings.length, 2);
    assert.deepEqual(verdictToEither(verdict), E.right(verdict));
  });

  it('is staleness if the release is old and otherwise valid', () => {
    const failure = failureOf({ today: tooLate });
    assert.equal(failure.code, 'stale');
    assert.equal(failure.kind, 'permanent');
  });

  it('is an invalid contract for any other problem, with every message', () => {
    const failure = failureOf({ today: tooLate, expectedPoolSize: 6 });
    assert.equal(failure.code, 'contract-invalid');
    assert.match(
      failure.message,
      /^live_pool\.json: symbols: expected 6 symbols, .*; live_pool\.json: as_of_date: /,
    );
    assert.equal(failureOf({ today: parseIsoDay('2026-03-01') }).code, 'contract-invalid');
  });
});
