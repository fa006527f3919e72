import { isDeepStrictEqual } from 'node:util';
import { cloudVariables } from '../../../shared/gcp/config.js';
import {
  logMetrics,
  RELEASE_AGE_ALARMS,
  releaseAgeThreshold,
} from '../../../shared/log-metrics.js';
import type { Values } from './evaluate-terraform.js';
import { FRAMEWORK_VARIABLES, neededFunctions, neededValues } from './required-values.js';

/** The locals that are looked at. */
export const watchedLocals: readonly string[] = [
  ...Object.keys(neededValues),
  'functions',
  'verbs',
];

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(value) ? Object.entries(value) : [];

const field = (value: unknown, name: string): unknown =>
  isRecord(value) ? value[name] : undefined;

/** Where two values differ: what is missing, what is more, and what says something else. */
const differences = (path: string, found: unknown, needed: unknown): readonly string[] => {
  if (isDeepStrictEqual(found, needed)) return [];
  if (!isRecord(found) || !isRecord(needed)) {
    if (!Array.isArray(found) || !Array.isArray(needed))
      return [`${path} is ${JSON.stringify(found)}, expected ${JSON.stringify(needed)}`];
    const lost = needed.filter((one) => !found.includes(one)).map((one) => `${path} lacks ${one}`);
    const more = found.filter((one) => !needed.includes(one)).map((one) => `${path} has ${one}`);
    return lost.length + more.length > 0 ? [...lost, ...more] : [`${path} is in another order`];
  }
  return [...new Set([...Object.keys(needed), ...Object.keys(found)])].flatMap((name) => {
    if (!(name in found)) return [`${path} lacks ${name}`];
    return name in needed
      ? differences(`${path}.${name}`, found[name], needed[name])
      : [`${path} has ${name}`];
  });
};

const neededNames: readonly string[] = [
  ...cloudVariables.map(({ name }) => name),
  ...Object.keys(FRAMEWORK_VARIABLES),
].sort();

const functionProblems = (functions: unknown): readonly string[] => [
  ...differences(
    'functions',
    Object.fromEntries(
      entries(functions).map(([name, made]) => [
        name,
        {
          name: field(made, 'name'),
          entry_point: field(made, 'entry_point'),
          account: field(made, 'account'),
          account_id: field(made, 'account_id'),
          environment: field(made, 'environment'),
        },
      ]),
    ),
    neededFunctions,
  ),
  ...entries(functions).flatMap(([name, made]) => {
    const id = String(field(made, 'account_id'));
    const names = Object.keys(field(made, 'environment') ?? {}).sort();
    return [
      ...(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id) ? [] : [`${name}: ${id} is no account id`]),
      ...differences(`${name}: environment`, names, neededNames),
    ];
  }),
];

/** Rights on what is written once: to create and to read, and nothing besides. */
const writeOnceProblems = ({ object_bindings, verbs }: Values): readonly string[] =>
  entries(object_bindings).flatMap(([key, binding]) => {
    const rights = field(verbs, String(field(binding, 'verb')));
    const condition = field(binding, 'condition');
    if (condition === null)
      return isDeepStrictEqual(rights, ['storage.objects.list'])
        ? []
        : [`${key} is not bound to any prefix`];
    const text = String(condition);
    const operators = text.split(' || ').length - 1;
    const touches = /\/(releases|evidence|events|snapshots)\//.test(text);
    const destroys = JSON.stringify(rights).match(/delete|update|setIamPolicy/) !== null;
    return [
      ...(touches && destroys ? [`${key} may destroy what is written once`] : []),
      // Limits of IAM: twelve logical operators in a condition.
      ...(operators > 12 ? [`${key} has ${operators} operators in its condition`] : []),
    ];
  });

const forgetProblems = ({ lifecycle_rules }: Values): readonly string[] =>
  !Array.isArray(lifecycle_rules)
    ? ['lifecycle_rules is no list']
    : lifecycle_rules
        .map((rule) => String(field(rule, 'prefix')))
        .filter((prefix) => !/^(scratch|market-data|shadow|current)\/$/.test(prefix))
        .map((prefix) => `objects under ${prefix} are forgotten`);

const alarmProblems = ({ alarms, metrics }: Values): readonly string[] => {
  const used = entries(alarms).flatMap(([, alarm]) =>
    [...String(field(alarm, 'filter')).matchAll(/user\/live_pool\/(\w+)/g)].map(([, one]) => one),
  );
  return [
    ...used
      .filter((one) => one === undefined || !(one in Object(metrics)))
      .map((one) => `an alarm speaks of ${one}, which is not measured`),
    // A percentile is exact only where a bucket ends.
    ...RELEASE_AGE_ALARMS.filter(
      (days) => !logMetrics.some(({ bounds = [] }) => bounds.includes(releaseAgeThreshold(days))),
    ).map((days) => `${days} days are no bound of a bucket`),
  ];
};

const computeProblems = ({ timeout_seconds, delivery }: Values): readonly string[] =>
  Number(timeout_seconds) < Number(field(delivery, 'ack_deadline_seconds'))
    ? []
    : ['a function may still be at work when its message comes again'];

/** Everything that Terraform computes and the code does not need so, or needs and does not get. */
export const valueProblems = (values: Values): readonly string[] => [
  ...Object.entries(neededValues).flatMap(([name, needed]) =>
    differences(name, values[name], needed),
  ),
  ...functionProblems(values.functions),
  ...writeOnceProblems(values),
  ...forgetProblems(values),
  ...alarmProblems(values),
  ...computeProblems(values),
];
