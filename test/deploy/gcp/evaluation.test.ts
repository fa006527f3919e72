import assert from 'node:assert/strict';
import { allFunctions } from '../../../shared/topology.js';
import {
  checkFormat,
  describeWithTerraform,
  evaluate,
  VARIABLES,
  type Values,
} from './evaluate-terraform.js';
import {
  type Block,
  changed,
  files,
  parseModule,
  resourcesOf,
  type Tree,
  textsOf,
} from './terraform-module.js';

const localName = (expression: Tree | undefined): string | undefined =>
  /^\$\{local\.(\w+)\}$/.exec(String(expression))?.[1];

/** Fields that a resource reads of what it is repeated over, and that are not there. */
const eachProblems = (
  module: Block,
  locals: Readonly<Record<string, unknown>>,
): readonly string[] =>
  [...resourcesOf(module)].flatMap(([resource, block]) => {
    const local = localName(block.for_each);
    if (local === undefined) return [];
    const elements = Object.values(Object(locals[local]));
    const read = textsOf(block).flatMap(([, text]) =>
      [...text.matchAll(/each\.value\.(\w+)/g)].map(([, field = '']) => field),
    );
    return [
      ...(elements.length === 0 ? [`${resource}: local.${local} holds nothing`] : []),
      ...[...new Set(read)]
        .filter((field) => elements.some((element) => !(field in Object(element))))
        .map((field) => `${resource}: local.${local} has no ${field}`),
    ];
  });

/** The locals that resources are repeated over. */
const iteratedLocals = async (): Promise<readonly string[]> => {
  const module = await parseModule(files());
  const found = [...resourcesOf(module).values()].map(({ for_each }) => localName(for_each));
  return [...new Set(found.filter((name) => name !== undefined))];
};

describeWithTerraform('Terraform', () => {
  let values: Values;

  before(async () => {
    values = await evaluate(await iteratedLocals(), VARIABLES);
  });

  it('computes every field that a resource reads', async () => {
    const module = await parseModule(files());
    assert.deepEqual(eachProblems(module, values), []);
    const path = ['resource', 'google_pubsub_topic_iam_member', 'publisher', 'topic'];
    assert.deepEqual(eachProblems(changed(module, path, `\${each.value.subject}`), values), [
      'google_pubsub_topic_iam_member.publisher: local.publisher_bindings has no subject',
    ]);
  });

  it('finds every file formatted', async () => {
    await checkFormat();
  });

  it('computes bare names where the prefix is empty', async () => {
    const names = ['functions', 'subscriptions', 'alarms', 'dead_letters'] as const;
    const { functions, subscriptions, alarms, dead_letters } = await evaluate(names, {
      ...VARIABLES,
      function_prefix: '',
    });
    const nameIn = (map: unknown, name: string): unknown => Object(Object(map)[name]).name;
    for (const name of allFunctions) {
      assert.equal(nameIn(functions, name), name);
      assert.equal(nameIn(subscriptions, name), name);
    }
    assert.match(JSON.stringify(alarms), /service_name=one_of\(\\"ingest\\",/);
    assert.deepEqual(dead_letters, values.dead_letters);
  });

  it('uses the bare names as entry points of an archive for Node.js 22', async () => {
    const { functions } = await evaluate(['functions'], {
      ...VARIABLES,
      source_runtime: 'nodejs22',
    });
    for (const name of allFunctions)
      assert.equal(Object(Object(functions)[name]).entry_point, name);
  });

  it('rejects invalid variables', async () => {
    const wrong: readonly (readonly [Values, RegExp])[] = [
      [{ source_revision: 'main' }, /40 hexadecimal digits/],
      [{ function_prefix: 'Live_' }, /lower-case letters/],
      [{ source_runtime: 'nodejs20' }, /Expected nodejs24/],
      [{ settings: { ROOT_PREFIX: 'x' } }, /Expected names of optional variables/],
      [{ schedules: { 'pool-ranked': '0 0 1 * *' } }, /one schedule for each/],
    ];
    await Promise.all(
      wrong.map(([own, expected]) =>
        assert.rejects(evaluate(['root_prefix'], { ...VARIABLES, ...own }), expected),
      ),
    );
  });
});
