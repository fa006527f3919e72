import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { type CloudLogOptions, cloudLog } from '../../../shared/gcp/log.js';
import type { LogEntry } from '../../../shared/ports/log.js';

const NOW = '2026-04-01T00:15:30.250Z';
const REVISION = '0123456789abcdef0123456789abcdef01234567';
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

/** The line that an entry becomes, and what it says. */
const logged = (
  entry: LogEntry,
  own: Partial<CloudLogOptions> = {},
): { readonly line: string; readonly fields: Record<string, unknown> } => {
  const lines: string[] = [];
  cloudLog({
    clock: () => new Date(NOW),
    project: 'some-project',
    revision: REVISION,
    stdout: { write: (line) => void lines.push(line) },
    ...own,
  })(entry);
  assert.equal(lines.length, 1, 'one entry, one line');
  const [line = ''] = lines;
  assert.equal(line.indexOf('\n'), line.length - 1, 'the line ends where it ends');
  return { line, fields: JSON.parse(line) };
};

const fieldsOf = (facts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  logged({ severity: 'INFO', message: 'promote: done', stage: 'promote', ...facts }).fields;

const failed = (cause?: unknown): LogEntry => ({
  severity: 'ERROR',
  message: 'Could not read current/live_pool.json: 503',
  stage: 'promote',
  outcome: 'will_be_delivered_again',
  code: 'unavailable',
  cause,
});

describe('A line in the cloud', () => {
  it("has the fields of Cloud Logging and the entry's own fields", () => {
    const { fields } = logged({
      severity: 'INFO',
      message: 'promote: done',
      stage: 'promote',
      run_id: 'run',
      version: '2026-03-31-core_major',
      promotion_seq: 7,
      message_id: '42',
      outcome: 'done',
      traceparent: `00-${TRACE}-${SPAN}-01`,
    });
    assert.deepEqual(fields, {
      severity: 'INFO',
      message: 'promote: done',
      time: NOW,
      'logging.googleapis.com/trace': `projects/some-project/traces/${TRACE}`,
      'logging.googleapis.com/spanId': SPAN,
      'logging.googleapis.com/trace_sampled': true,
      stage: 'promote',
      run_id: 'run',
      version: '2026-03-31-core_major',
      promotion_seq: 7,
      message_id: '42',
      outcome: 'done',
    });
  });

  it('marks an unsampled trace as unsampled', () => {
    const { 'logging.googleapis.com/trace_sampled': sampled } = fieldsOf({
      traceparent: `00-${TRACE}-${SPAN}-00`,
    });
    assert.equal(sampled, false);
  });

  for (const [what, traceparent] of [
    ['words', 'a trace'],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['the forbidden version', `ff-${TRACE}-${SPAN}-01`],
    ['upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['nothing', undefined],
  ])
    it(`has no trace if traceparent is ${what}`, () => {
      const names = Object.keys(fieldsOf(traceparent === undefined ? {} : { traceparent }));
      assert.deepEqual(names.sort(), ['message', 'severity', 'stage', 'time']);
    });

  it('of a warning is a warning', () => {
    const { severity } = fieldsOf({ severity: 'WARNING' });
    assert.equal(severity, 'WARNING');
  });

  it('keeps its standard fields if the entry has fields of the same name', () => {
    const { severity, time } = fieldsOf({ time: 'yesterday' });
    assert.deepEqual([severity, time], ['INFO', NOW]);
  });
});

describe('An error line', () => {
  it('is an event of Error Reporting, of this function at this commit', () => {
    assert.deepEqual(logged(failed()).fields, {
      severity: 'ERROR',
      message: 'Could not read current/live_pool.json: 503',
      stage: 'promote',
      outcome: 'will_be_delivered_again',
      code: 'unavailable',
      '@type': 'type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent',
      serviceContext: { service: 'promote', version: REVISION },
      time: NOW,
    });
  });

  it('has the stacks of the caught error and of its causes', () => {
    const cause = new Error('reading failed', { cause: new TypeError('socket hang up') });
    const { stack_trace: stack } = logged(failed(cause)).fields;
    assert.match(String(stack), /^Error: reading failed\n {4}at .+log\.test\.ts/);
    assert.match(String(stack), /\nCaused by: TypeError: socket hang up\n {4}at /);
  });

  it('handles a circular chain of causes', () => {
    const cause = new Error('first');
    cause.cause = new Error('second', { cause });
    assert.match(String(logged(failed(cause)).fields.stack_trace), /first[\s\S]*second/);
  });
});

describe('Fields that are not plain JSON', () => {
  it('are cut when they are long', () => {
    const { text, list, message } = logged({
      severity: 'INFO',
      message: 'm'.repeat(100_000),
      stage: 'rank',
      text: 'x'.repeat(10_000),
      list: Array.from({ length: 1000 }, (_, index) => index),
    }).fields;
    assert.equal(message, `${'m'.repeat(65_536)}…`);
    assert.equal(text, `${'x'.repeat(4096)}…`);
    assert.deepEqual(
      list,
      Array.from({ length: 50 }, (_, index) => index),
    );
  });

  it('stay below what Cloud Logging accepts, however many there are', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `fact_${index}`,
        Array.from({ length: 40 }, () => '币'.repeat(5000)),
      ]),
    );
    const { line } = logged({
      severity: 'ERROR',
      message: '币'.repeat(1e5),
      stage: 'rank',
      ...many,
    });
    assert.ok(Buffer.byteLength(line) < 256 * 1024, `${Buffer.byteLength(line)} bytes`);
  });

  it('end at the fourth level', () => {
    const deep = { a: { b: { c: { d: { e: 1 } } } } };
    assert.deepEqual(fieldsOf({ deep }).deep, { a: { b: { c: { d: 'an object' } } } });
  });

  it('become text if JSON cannot represent them', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const { serial, missing, when, failure, bytes, self } = fieldsOf({
      serial: 12n,
      missing: Number.NaN,
      when: new Date(NOW),
      failure: new RangeError('too far'),
      bytes: new Float64Array(4),
      self: circle,
    });
    assert.deepEqual(
      { serial, missing, when, failure, bytes },
      {
        serial: '12',
        missing: 'NaN',
        when: NOW,
        failure: 'RangeError: too far',
        bytes: '32 bytes',
      },
    );
    assert.deepEqual(self, { self: { self: { self: { self: 'an object' } } } });
  });

  it('are marked unreadable if reading them throws', () => {
    const trap = {
      get inside(): string {
        throw new Error('no');
      },
    };
    assert.equal(fieldsOf({ trap }).trap, 'unreadable');
  });

  it('are redacted if they have the name of a secret, at any depth', () => {
    const { authorization, request, key } = fieldsOf({
      authorization: 'Bearer abc',
      request: {
        headers: [{ accessToken: 'abc', 'x-api-key': 'abc', host: 'h' }],
        PASSWORD: 'abc',
      },
      key: 'releases/2026-03-31-core_major/live_pool.json',
    });
    assert.equal(authorization, '[redacted]');
    assert.deepEqual(request, {
      headers: [{ accessToken: '[redacted]', 'x-api-key': '[redacted]', host: 'h' }],
      PASSWORD: '[redacted]',
    });
    assert.equal(key, 'releases/2026-03-31-core_major/live_pool.json', "an object's name");
  });

  it('never prevent the log line', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.anything({ withBigInt: true, withDate: true, withMap: true }),
        ),
        fc.string({ unit: 'binary' }),
        (facts, message) => {
          const { fields } = logged({ ...facts, severity: 'ERROR', stage: 'rank', message });
          assert.equal(fields.severity, 'ERROR');
          assert.equal(fields.stage, 'rank');
        },
      ),
      { numRuns: 300 },
    ));
});

describe('The cloud log', () => {
  it('never throws at a handler', () => {
    const broken = cloudLog({
      clock: () => new Date(NOW),
      stdout: {
        write: () => {
          throw new Error('EPIPE');
        },
      },
    });
    assert.doesNotThrow(() => broken(failed()));
  });

  it('has written its line to standard output when a process ends at once', () => {
    const root = resolve(import.meta.dirname, '../../..');
    const log = join(root, 'dist/shared/gcp/log.js');
    const script = `
      const { cloudLog } = await import(${JSON.stringify(`file://${log}`)});
      cloudLog({ clock: () => new Date('${NOW}') })({ severity: 'INFO', message: 'last words', stage: 'rank' });
      process.kill(process.pid, 'SIGKILL');`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    assert.deepEqual(JSON.parse(stdout), {
      severity: 'INFO',
      message: 'last words',
      stage: 'rank',
      time: NOW,
    });
  });
});
