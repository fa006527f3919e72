import { DEFAULTS } from './contract/constants.js';
import { FunctionName } from './topology.js';

/** A log-based metric over the log lines of the functions. */
export interface LogMetric {
  readonly name: string;
  readonly description: string;
  /** Selects lines: each field, or `severity`, equals the value or one of the values. */
  readonly where: Readonly<Record<string, string | readonly string[]>>;
  /** The field of a distribution metric; absent for a counter. */
  readonly value?: string;
  readonly unit: string;
  /** Bounds of the distribution's buckets; absent: exponential buckets. */
  readonly bounds?: readonly number[];
  /** The fields that distinguish time series. */
  readonly labels: readonly string[];
}

/** An alert fires above each of these ages in days, the last on the last day before the limit. */
export const RELEASE_AGE_ALARMS = [33, 40, 44] as const;

/**
 * A percentile is interpolated within its bucket, so a threshold is exact only where a bound is.
 * Ages are whole days: above `days` means above `days + 0.5`, and no age falls on that.
 */
export const releaseAgeThreshold = (days: number): number => days + 0.5;

const EVERY_STAGE = Object.keys(FunctionName.keys);
/** Without reconcile, which finds no drift on most days and so says little about deliveries. */
const WORKING_STAGES = EVERY_STAGE.filter((stage) => stage !== 'reconcile');

/** The table of log-based metrics. Each counted line is the log line of one delivery. */
export const logMetrics: readonly LogMetric[] = [
  {
    name: 'stage_duration',
    description: 'Processing time of a delivery, for every outcome.',
    where: { stage: EVERY_STAGE },
    value: 'duration_ms',
    unit: 'ms',
    labels: ['stage', 'outcome'],
  },
  {
    name: 'release_age_days',
    description:
      "Days since the as-of date of the readers' release, daily and when one is published.",
    where: { stage: ['reconcile', 'sync-firestore'] },
    value: 'release_age_days',
    unit: 'd',
    bounds: [0, 7, 14, 21, 28, 31, ...RELEASE_AGE_ALARMS, DEFAULTS.maxAgeDays].map(
      releaseAgeThreshold,
    ),
    labels: ['stage'],
  },
  {
    name: 'promotion_sequence',
    description: 'The promotion that the ledger heads, that current/ and the document show.',
    where: {
      stage: ['promote', 'sync-firestore', 'reconcile'],
      outcome: ['done', 'already_done'],
    },
    value: 'promotion_seq',
    unit: '1',
    labels: ['stage'],
  },
  {
    name: 'dead_letters',
    description: 'Messages that a function dead-lettered.',
    where: { stage: EVERY_STAGE, outcome: 'dead_letter' },
    unit: '1',
    labels: ['stage', 'code'],
  },
  {
    name: 'superseded',
    description: 'Messages that came too late to have an effect.',
    where: { stage: ['promote', 'sync-firestore'], outcome: 'superseded' },
    unit: '1',
    labels: ['stage'],
  },
  {
    name: 'already_done',
    description: 'Deliveries that found their work done.',
    where: { stage: WORKING_STAGES, outcome: 'already_done' },
    unit: '1',
    labels: ['stage'],
  },
  {
    name: 'delivered_again',
    description: 'Deliveries that failed and come again.',
    where: { stage: EVERY_STAGE, outcome: 'will_be_delivered_again' },
    unit: '1',
    labels: ['stage', 'code'],
  },
  {
    name: 'failures',
    description: 'Error lines, for dead-lettered and for redelivered messages.',
    where: { stage: EVERY_STAGE, severity: 'ERROR' },
    unit: '1',
    labels: ['stage', 'code'],
  },
  {
    name: 'published',
    description: "Changes of the readers' summary document.",
    where: { stage: 'sync-firestore', outcome: 'done' },
    unit: '1',
    labels: [],
  },
];

const allowed = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

/** `severity` is a field of the log entry; all other fields are in its payload. */
const selectorOf = (field: string): string =>
  field === 'severity' ? field : `jsonPayload.${field}`;

/** The metric's filter in Cloud Logging's query language. */
export const metricFilter = ({ where, value }: LogMetric): string =>
  [
    'resource.type="cloud_run_revision"',
    ...Object.entries(where).map(([field, values]) => {
      const quoted = allowed(values).map((one) => JSON.stringify(one));
      return quoted.length === 1
        ? `${selectorOf(field)}=${quoted[0]}`
        : `${selectorOf(field)}=(${quoted.join(' OR ')})`;
    }),
    ...(value === undefined ? [] : [`${selectorOf(value)}:*`]),
  ].join(' AND ');

/** True if the metric selects a line; equivalent to `metricFilter`. */
export const matches = (
  { where, value }: LogMetric,
  line: Readonly<Record<string, unknown>>,
): boolean =>
  Object.entries(where).every(([field, values]) => {
    const found = line[field];
    return typeof found === 'string' && allowed(values).includes(found);
  }) &&
  (value === undefined || line[value] !== undefined);
