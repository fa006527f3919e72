import { cloudVariables } from '../../../shared/gcp/config.js';
import { RELEASE_AGE_ALARMS } from '../../../shared/log-metrics.js';
import { neededAlarms } from './required-values.js';
import { type Block, localsOf } from './terraform-module.js';

const given = cloudVariables.filter(
  ({ name, required }) => required || /^(FIRESTORE_DATABASE|ROOT_PREFIX)$/.test(name),
);
const ageAlarms = RELEASE_AGE_ALARMS.map((days) => `release_age_${days}`);

/**
 * What an expression must be made of. Terraform itself computes the maps where it is at hand; this
 * is held everywhere.
 */
const ingredients: Readonly<Record<string, readonly string[]>> = {
  topology: [`jsondecode(file("\${path.module}/topology.json"))`],
  topics: ['local.topology.topics', 'keys(local.dead_letters)'],
  subscriptions: [
    'in local.topology.functions :',
    '= local.functions[name].name',
    '= function.topic',
    '= function.dead_letter',
  ],
  dead_letters: ['in local.topology.functions :', 'function.dead_letter => name'],
  delivery: ['local.topology.delivery'],
  functions: [
    'in local.topology.functions :',
    `name = "\${var.function_prefix}\${name}"`,
    ': function.entry_point',
    'merge(local.environment,',
    'ACTOR = "live-pool-',
  ],
  environment: ['var.settings', ...given.map(({ name }) => `${name} = `)],
  grants: ['functions[name]', 'operators', 'consumers'].flatMap((who) =>
    ['objects', 'documents', 'publishes'].map((what) => `local.topology.${who}.${what}`),
  ),
  object_bindings: [
    'in local.grants :',
    'if contains(verbs, verb)',
    `resource.name.startsWith(\\"projects/_/buckets/\${var.bucket}/objects/\${local.root_prefix}/\${prefix}\\")`,
  ],
  document_bindings: ['in local.grants :', 'if grant.documents != "none"'],
  publisher_bindings: ['in local.grants :', 'in grant.publishes :'],
  subscriber_bindings: ['in local.topology.consumers.subscribes :'],
  dead_letter_bindings: ['in keys(local.dead_letters) :'],
  jobs: ['in var.schedules :', 'body = "{}"'],
  metrics: ['local.topology.metrics'],
  alarms: [
    'in local.topology.release_age_alarms :',
    'above = alarm.threshold',
    ...neededAlarms.filter((name) => !ageAlarms.includes(name)).map((name) => `${name} = {`),
  ],
};

/** Locals that are made of something else than what the code says. */
export const localProblems = (module: Block): readonly string[] => {
  const locals = localsOf(module);
  return Object.entries(ingredients).flatMap(([name, parts]) => {
    const text = String(locals[name]).replace(/\s+/g, ' ');
    return parts.filter((part) => !text.includes(part)).map((part) => `${name} lacks ${part}`);
  });
};
