import assert from 'node:assert/strict';
import {
  type LogMetric,
  logMetrics,
  matches,
  metricFilter,
  RELEASE_AGE_ALARMS,
  releaseAgeThreshold,
} from '../../shared/log-metrics.js';

const metric = (own: Partial<LogMetric>): LogMetric => ({
  name: 'some_metric',
  description: 'Some metric.',
  where: {},
  unit: '1',
  labels: [],
  ...own,
});

describe('The filter of a metric', () => {
  for (const [what, own, filter] of [
    ['one value', { where: { outcome: 'done' } }, 'jsonPayload.outcome="done"'],
    [
      'one of several',
      { where: { stage: ['promote', 'rank'] } },
      'jsonPayload.stage=("promote" OR "rank")',
    ],
    ['a list of one', { where: { stage: ['rank'] } }, 'jsonPayload.stage="rank"'],
    ['the severity', { where: { severity: 'ERROR' } }, 'severity="ERROR"'],
    [
      'a value that must be there',
      { where: { stage: 'rank' }, value: 'duration_ms' },
      'jsonPayload.stage="rank" AND jsonPayload.duration_ms:*',
    ],
    [
      'quotes and backslashes',
      { where: { outcome: 'a "b" \\ c' } },
      'jsonPayload.outcome="a \\"b\\" \\\\ c"',
    ],
  ] as const)
    it(`requires ${what}`, () => {
      const said = metricFilter(metric(own));
      assert.equal(said, `resource.type="cloud_run_revision" AND ${filter}`);
    });
});

describe('A metric', () => {
  const lines = metric({ where: { stage: ['promote', 'rank'], severity: 'ERROR' } });
  for (const [line, expected] of [
    [{ stage: 'rank', severity: 'ERROR', more: 1 }, true],
    [{ stage: 'ingest', severity: 'ERROR' }, false],
    [{ stage: 'rank', severity: 'INFO' }, false],
    [{ severity: 'ERROR' }, false],
    [{ stage: ['rank'], severity: 'ERROR' }, false],
  ] as const)
    it(`takes ${JSON.stringify(line)}: ${expected}`, () => {
      assert.equal(matches(lines, line), expected);
    });

  it('of a value selects only lines that have it', () => {
    const measured = metric({ where: { stage: 'rank' }, value: 'duration_ms' });
    assert.equal(matches(measured, { stage: 'rank' }), false);
    assert.equal(matches(measured, { stage: 'rank', duration_ms: 0 }), true);
  });
});

describe('The table of metrics', () => {
  it('has each name once, and every metric belongs to stages', () => {
    const names = logMetrics.map(({ name }) => name);
    assert.deepEqual([...new Set(names)], names);
    for (const { name, where } of logMetrics) {
      assert.match(name, /^[a-z][a-z_]*$/);
      assert.notEqual(where.stage, undefined, `${name} would count other services' lines`);
    }
  });

  it('has a bucket end where an alarm begins, so that a percentile crosses with the age', () => {
    const age = logMetrics.find(({ name }) => name === 'release_age_days');
    const bounds = age?.bounds ?? [];
    assert.deepEqual(
      [...bounds].sort((a, b) => a - b),
      bounds,
    );
    for (const days of RELEASE_AGE_ALARMS) {
      const threshold = releaseAgeThreshold(days);
      assert.ok(bounds.includes(threshold));
      assert.ok(days < threshold && threshold < days + 1);
    }
  });
});
