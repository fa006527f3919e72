import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from '@cdktf/hcl-tools';
import { parse } from '@cdktf/hcl2json';
import { CLOUD_NODE } from '../../../deploy/package/archived-manifest.js';
import { cloudVariables } from '../../../shared/gcp/config.js';
import { RELEASE_AGE_ALARMS } from '../../../shared/log-metrics.js';
import {
  AREAS,
  brokenRules,
  every,
  local,
  problemsUnder,
  type Rules,
  uncovered,
  withResource,
} from './rules.js';
import {
  at,
  type Block,
  changed,
  entriesOf,
  files,
  folder,
  isBlock,
  localsOf,
  parseModule,
  resourcesOf,
  type Tree,
  textsOf,
} from './terraform-module.js';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, 'provider-arguments.json'), 'utf8'),
);

/**
 * What each map must be computed from, so that the declarations in `shared/` decide what is in it.
 * This holds everywhere; `evaluation.test.ts` checks the values where Terraform is installed.
 */
const COMPUTED_FROM: Readonly<Record<string, readonly string[]>> = {
  topics: ['local.topology.topics', 'keys(local.dead_letters)'],
  subscriptions: ['local.functions[name].name', 'function.topic', 'function.dead_letter'],
  dead_letters: ['local.topology.functions', 'function.dead_letter => name'],
  delivery: ['local.topology.delivery'],
  functions: ['local.topology.functions', 'var.function_prefix', 'function.entry_point'],
  grants: ['functions[name]', 'operators', 'consumers'].flatMap((who) =>
    ['objects', 'documents', 'publishes'].map((what) => `local.topology.${who}.${what}`),
  ),
  object_bindings: ['local.grants', 'if contains(verbs, verb)', 'local.root_prefix'],
  document_bindings: ['local.grants', 'if grant.documents != "none"'],
  publisher_bindings: ['local.grants', 'grant.publishes'],
  subscriber_bindings: ['local.topology.consumers.subscribes'],
  dead_letter_bindings: ['keys(local.dead_letters)'],
  jobs: ['var.schedules'],
  metrics: ['local.topology.metrics'],
  alarms: ['local.topology.release_age_alarms', 'alarm.threshold'],
};

const textOfLocal = (module: Block, name: string): string =>
  String(localsOf(module)[name]).replace(/\s+/g, ' ');

/** The names of the threshold alarms, as far as they are written in the module. */
const alarmNames = (module: Block): readonly string[] =>
  [...textOfLocal(module, 'alarms').matchAll(/(\w+) = \{ severity/g)].map(([, name = '']) => name);

const ageAlarms = RELEASE_AGE_ALARMS.map((days) => `release_age_${days}`);

/** Attributes that switch a resource off or hide a change from the plan. */
const SWITCHES = ['enabled', 'disabled', 'retention_policy', 'lifecycle.ignore_changes'];

const rules: Rules<Block> = {
  'every map is computed from the declarations': (module) =>
    Object.entries(COMPUTED_FROM).flatMap(([name, parts]) =>
      parts
        .filter((part) => !textOfLocal(module, name).includes(part))
        .map((part) => `${name} lacks ${part}`),
    ),
  'every variable that the code requires is in the environment': (module) =>
    cloudVariables
      .filter(({ name, required }) => required || /^(FIRESTORE_DATABASE|ROOT_PREFIX)$/.test(name))
      .filter(({ name }) => !textOfLocal(module, 'environment').includes(`${name} = `))
      .map(({ name }) => `environment lacks ${name}`),
  'every resource belongs to one file of rules': (module) =>
    [...resourcesOf(module).keys()].filter(
      (name) => Object.values(AREAS).filter((area) => area.test(name)).length !== 1,
    ),
  'no resource is switched off, and none is exempt from a plan': (module) =>
    [...resourcesOf(module)].flatMap(([name, block]) =>
      SWITCHES.filter((path) => at(block, path) !== undefined).map((path) => `${name}.${path}`),
    ),
};

/** An edit of one local: the rule that it breaks, the local, a text in it and its replacement. */
const EDITS: readonly (readonly [string, string, string | RegExp, string])[] = [
  ['every map is computed', 'topics', 'local.topology.topics', '["pool-ranked"]'],
  ['every map is computed', 'subscriptions', 'function.dead_letter', 'function.topic'],
  ['every map is computed', 'grants', 'local.topology.functions[name].documents', '"write"'],
  ['every map is computed', 'object_bindings', / if contains\(verbs, verb\)/g, ''],
  ['every variable', 'environment', /SOURCE_REVISION.*/, ''],
];

/** The module with one local made of something else. */
const withLocal = (module: Block, name: string, from: string | RegExp, to: string): Block => {
  const blocks = Array.isArray(module.locals) ? module.locals : [];
  return {
    ...module,
    locals: blocks.map((block: Tree) =>
      isBlock(block) && name in block
        ? { ...block, [name]: String(block[name]).replace(from, to) }
        : block,
    ),
  };
};

const matchesOf = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([whole]) => whole);

const interpolations = (text: string): readonly string[] =>
  text.includes('$' + '{') ? [text] : [];

/** Names that are used and not defined, and names that are defined and not used. */
const referenceProblems = (module: Block): readonly string[] => {
  const defined = new Set([
    ...entriesOf(module.variable).map(([name]) => `var.${name}`),
    ...Object.keys(localsOf(module)).map((name) => `local.${name}`),
    ...resourcesOf(module).keys(),
    ...entriesOf(module.data).flatMap(([type, named]) =>
      entriesOf(named).map(([name]) => `data.${type}.${name}`),
    ),
  ]);
  const used = new Set(
    textsOf(module)
      .filter(([path]) => !path.startsWith('.variable'))
      .flatMap(([, text]) => interpolations(text))
      .flatMap((text) =>
        matchesOf(
          text,
          /(?<![\w."])(?:(?:var|local)\.\w+|data\.google_\w+\.\w+|(?:google_\w+|time_sleep)\.\w+)/g,
        ),
      ),
  );
  return [
    ...[...used].filter((name) => !defined.has(name)).map((name) => `${name} is not defined`),
    ...[...defined]
      .filter((name) => /^(var|local|data)\./.test(name) && !used.has(name))
      .map((name) => `${name} is never used`),
  ];
};

/** Names of projects and accounts that belong into variables. */
const hardCodedProblems = (module: Block): readonly string[] =>
  textsOf(module)
    .filter(([path]) => !path.startsWith('.variable') && !path.includes('.description'))
    .filter(
      ([, text]) =>
        /projects\/(?!\$\{|_\/)/.test(text) ||
        /(?<!\$\{[^}]*\}|gcp-sa-pubsub|gcp-sa-cloudscheduler)\.iam\.gserviceaccount\.com/.test(
          text,
        ),
    )
    .map(([path, text]) => `${path} names a project: ${text}`);

interface Arguments {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly blocks?: Readonly<Record<string, Arguments>>;
}

const META = ['for_each', 'count', 'depends_on', 'lifecycle', 'provider', 'dynamic'];

const blocksIn = (tree: Tree | undefined): readonly Block[] =>
  (Array.isArray(tree) ? tree : [tree]).filter(isBlock);

const dynamicOf = (block: Block): readonly (readonly [string, Block])[] =>
  entriesOf(block.dynamic).flatMap(([name, made]) =>
    blocksIn(made).flatMap((one) =>
      blocksIn(one.content).map((content) => [name, content] as const),
    ),
  );

const unknownIn = (block: Block, known: Arguments, path: string): readonly string[] => {
  const blocks = known.blocks ?? {};
  const plain = [...(known.required ?? []), ...(known.optional ?? [])];
  const nested = [
    ...Object.keys(block)
      .filter((name) => name in blocks)
      .flatMap((name) => blocksIn(block[name]).map((below) => [name, below] as const)),
    ...dynamicOf(block),
  ];
  const present = new Set([...Object.keys(block), ...nested.map(([name]) => name)]);
  return [
    ...[...present]
      .filter((name) => !META.includes(name) && !plain.includes(name) && !(name in blocks))
      .map((name) => `${path}.${name} is no argument`),
    ...(known.required ?? [])
      .filter((name) => !present.has(name))
      .map((name) => `${path}.${name} is required`),
    ...nested.flatMap(([name, below]) => {
      const inner = blocks[name];
      return inner === undefined ? [] : unknownIn(below, inner, `${path}.${name}`);
    }),
  ];
};

/** Arguments that the provider does not know, and arguments that it requires and does not get. */
const argumentProblems = (
  module: Block,
  schema: Readonly<Record<string, Arguments>>,
): readonly string[] =>
  [...resourcesOf(module)].flatMap(([name, block]) => {
    const known = schema[name.split('.')[0] ?? ''];
    return known === undefined ? [`${name}: unknown type`] : unknownIn(block, known, name);
  });

describe('The Terraform module', () => {
  let module: Block;

  before(async () => {
    module = await parseModule(files());
  });

  it('has the expected files', () => {
    assert.deepEqual(
      files().map(({ name }) => name),
      [
        'apis.tf',
        'bucket.tf',
        'budget.tf',
        'firestore.tf',
        'functions.tf',
        'iam.tf',
        'locals.tf',
        'monitoring.tf',
        'outputs.tf',
        'pubsub.tf',
        'scheduler.tf',
        'terraform.tfvars.example',
        'variables.tf',
        'versions.tf',
        'waits.tf',
      ],
    );
  });

  it('can be parsed, file by file, and is formatted as terraform fmt would', async () => {
    for (const { name, text } of files()) {
      await parse(name, text);
      assert.equal(await format(text), text, `run: terraform fmt deploy/gcp/${name}`);
    }
  });

  it('refers only to defined names, and defines only used ones', () => {
    assert.deepEqual(referenceProblems(module), []);
  });

  it('names no project and no account', () => {
    assert.deepEqual(hardCodedProblems(module), []);
  });

  it('deploys the runtime that the archive asks for', () => {
    assert.equal(
      `${at(module, 'variable.source_runtime.default')}`,
      `nodejs${parseInt(CLOUD_NODE, 10)}`,
    );
  });

  it('uses arguments that the provider knows, and all that it requires', () => {
    assert.deepEqual(schema.providers, ['hashicorp/google 7.45.0', 'hashicorp/time 0.14.0']);
    assert.equal(at(module, 'terraform.required_providers.google.version'), '~> 7.45');
    assert.equal(at(module, 'terraform.required_providers.time.version'), '~> 0.13');
    assert.deepEqual(argumentProblems(module, schema.resources), []);
  });

  it('has an example of every variable without a default', () => {
    const example = files().find(({ name }) => name === 'terraform.tfvars.example')?.text ?? '';
    for (const [name, variable] of entriesOf(module.variable)) {
      assert.equal(typeof at(variable, 'description'), 'string', name);
      const isRequired = at(variable, 'default') === undefined;
      if (isRequired) assert.match(example, new RegExp(`^${name} +=`, 'm'));
    }
  });

  it('has a row in the README for every variable and every alarm', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const rowsUnder = (title: string): readonly string[] => {
      const [, section = ''] = readme.split(`\n## ${title}\n`);
      const [table = ''] = section.split('\n## ');
      return [...table.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name = '']) => name).sort();
    };
    assert.deepEqual(
      rowsUnder('Variables'),
      entriesOf(module.variable)
        .map(([name]) => name)
        .sort(),
    );
    assert.deepEqual(
      rowsUnder('Alarms'),
      [...alarmNames(module), ...ageAlarms, 'scheduler', 'silence'].sort(),
    );
  });

  it('is computed from the declarations, and deploys all of it', () => {
    assert.deepEqual(problemsUnder(rules, module), []);
  });

  it('schedules every request, reconcile at least every 23 hours', () => {
    const schedules = at(module, 'variable.schedules.default');
    assert.deepEqual(schedules, {
      'monthly-run-requested': '30 0 1 * *',
      'reconcile-requested': '15 6,18 * * *',
    });
  });

  describe('when it is changed', () => {
    for (const [rule, name, from, to] of EDITS)
      it(`reports ${name} without ${from}`, () => {
        const [broken = ''] = brokenRules(rules, withLocal(module, name, from, to));
        assert.match(broken, new RegExp(`^${rule}`));
      });

    for (const [attribute, value] of [
      ['google_monitoring_alert_policy.alarm.enabled', false],
      ['google_pubsub_subscription.push.lifecycle', [{ ignore_changes: 'all' }]],
      ['google_storage_bucket.data.retention_policy', [{ retention_period: 1 }]],
    ] as const)
      it(`reports ${attribute}`, () => {
        const made = withResource(module, attribute, value);
        assert.match(problemsUnder(rules, made).join('\n'), new RegExp(attribute.slice(0, 20)));
      });

    it('reports a resource of a type that no file of rules covers', () => {
      const made = changed(module, ['resource', 'google_dns_record_set'], { more: [{}] });
      assert.deepEqual(problemsUnder(rules, made), [
        'every resource belongs to one file of rules: google_dns_record_set.more',
      ]);
    });

    it('reports an attribute that no rule mentions', () => {
      const topics = { topics: every(/^google_pubsub_topic\./, { for_each: local('topics') }) };
      assert.deepEqual(uncovered(/^google_pubsub_topic\./, topics, module), [
        'google_pubsub_topic.topic.name',
        'google_pubsub_topic.topic.name',
      ]);
    });

    it('unknown and unused names are reported', () => {
      const without = changed(module, ['variable', 'bucket']);
      assert.deepEqual(referenceProblems(without), ['var.bucket is not defined']);
      const more = changed(module, ['variable', 'more'], [{ type: 'string' }]);
      assert.deepEqual(referenceProblems(more), ['var.more is never used']);
    });

    it('a hard-coded project is reported', () => {
      const made = withResource(module, 'google_pubsub_topic.topic.project', 'projects/mine');
      assert.match(hardCodedProblems(made).join(), /topic.*names a project/);
    });

    it('misspelt and missing arguments are reported', () => {
      const misspelt = withResource(module, 'google_pubsub_topic.topic.labls', 'x');
      assert.deepEqual(argumentProblems(misspelt, schema.resources), [
        'google_pubsub_topic.topic.labls is no argument',
      ]);
      const missing = withResource(
        module,
        'google_pubsub_subscription.push.push_config.push_endpoint',
      );
      assert.deepEqual(argumentProblems(missing, schema.resources), [
        'google_pubsub_subscription.push.push_config.push_endpoint is required',
      ]);
    });
  });
});
