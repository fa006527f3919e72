import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import {
  at,
  type Block,
  changed,
  files,
  isBlock,
  parseModule,
  resourcesOf,
  type Tree,
  textsOf,
} from './terraform-module.js';

/** The problems that a rule finds in a subject; none if the subject keeps the rule. */
export type Rules<A> = Readonly<Record<string, (subject: A) => readonly string[]>>;

export const problemsUnder = <A>(rules: Rules<A>, subject: A): readonly string[] =>
  Object.entries(rules).flatMap(([title, rule]) =>
    rule(subject).map((problem) => `${title}: ${problem}`),
  );

/** The titles of the rules that the subject breaks. */
export const brokenRules = <A>(rules: Rules<A>, subject: A): readonly string[] =>
  Object.keys(rules).filter((title) => (rules[title]?.(subject) ?? []).length > 0);

export const differs = (what: string, found: unknown, expected: unknown): readonly string[] => {
  const isSame =
    expected instanceof RegExp
      ? typeof found === 'string' && expected.test(found)
      : isDeepStrictEqual(found, expected);
  const wanted = expected instanceof RegExp ? String(expected) : JSON.stringify(expected);
  return isSame ? [] : [`${what} is ${JSON.stringify(found)}, expected ${wanted}`];
};

/**
 * A rule for every resource whose `type.name` matches, of which there must be one at least: what
 * its attributes are, by path, and `undefined` for one that it must not have.
 */
export const every =
  (resources: RegExp, attributes: Readonly<Record<string, unknown>>) =>
  (module: Block): readonly string[] => {
    const found = [...resourcesOf(module)].filter(([name]) => resources.test(name));
    return found.length === 0
      ? [`no resource is ${resources}`]
      : found.flatMap(([name, block]) =>
          Object.entries(attributes).flatMap(([path, expected]) =>
            differs(`${name}.${path}`, at(block, path), expected),
          ),
        );
  };

export const each = (field: string): string => `\${each.value.${field}}`;
export const local = (name: string): string => `\${local.${name}}`;
export const topic = (key: string, property: 'id' | 'name'): string =>
  `\${google_pubsub_topic.topic[each.${key}].${property}}`;
/** The deployed function with the key of the resource that refers to it. */
export const FUNCTION = 'google_cloudfunctions2_function.function[each.key]';

/** The resources of each file of rules. */
export const AREAS = {
  messages: /^google_(pubsub_(topic|subscription)|cloud_scheduler_job)\./,
  functions:
    /^google_(cloudfunctions2_function|service_account|storage_bucket_object|artifact_registry_\w+)\./,
  access: /_iam_/,
  storage: /^google_(storage_bucket|firestore_\w+)\./,
  monitoring: /^google_(logging|monitoring|billing)_/,
  apply: /^(time_sleep|google_project_service)\./,
};

/** A mistake: the rule that it breaks, the attribute, and its value; removed if there is none. */
export type Mistake = readonly [rule: string, attribute: string, value?: Tree];

/** Attributes for people, and the order of the first apply, which has a test of its own. */
const WITHOUT_RULE =
  /\.(project|description|depends_on|documentation\.\w+|(\w+\.)*(display_name|title))(\.\d+)?$/;

const attributesOf = (tree: Tree | undefined, path: string): readonly string[] => {
  const block = Array.isArray(tree) && tree.length === 1 ? tree[0] : tree;
  return isBlock(block) && Object.keys(block).length > 0
    ? Object.entries(block).flatMap(([name, below]) => attributesOf(below, `${path}.${name}`))
    : [path];
};

export const withResource = (module: Block, attribute: string, value?: Tree): Block =>
  changed(module, ['resource', ...attribute.split('.')], value);

/** The resources and attributes of the area that could be removed or changed without a rule. */
export const uncovered = (area: RegExp, rules: Rules<Block>, module: Block): readonly string[] => {
  const isCovered = (attribute: string, value?: Tree): boolean =>
    brokenRules(rules, withResource(module, attribute, value)).length > 0;
  return [...resourcesOf(module)]
    .filter(([name]) => area.test(name))
    .flatMap(([name, block]) => [
      ...[name, ...attributesOf(block, name)].filter((path) => !isCovered(path)),
      ...textsOf(block)
        .map(([path]) => `${name}${path.replace(/\.0(?=\.|$)/g, '')}`)
        .filter((path) => !/\.\d+/.test(path) && !isCovered(path, local('other'))),
    ])
    .filter((path) => !WITHOUT_RULE.test(path));
};

/** The module keeps the rules; each mistake breaks its rule; no attribute is without a rule. */
export const describeRules = (
  area: keyof typeof AREAS,
  rules: Rules<Block>,
  mistakes: readonly Mistake[],
): void => {
  describe(`The rules of ${area} in the Terraform module`, () => {
    let module: Block;

    before(async () => {
      module = await parseModule(files());
    });

    for (const title of Object.keys(rules))
      it(title, () => {
        assert.deepEqual(rules[title]?.(module), []);
      });

    for (const [title, attribute, value] of mistakes)
      it(`report ${attribute} ${value === undefined ? 'removed' : 'changed'}: ${title}`, () => {
        const broken = brokenRules(rules, withResource(module, attribute, value));
        assert.ok(broken.includes(title), `broken: ${broken.join(', ')}`);
      });

    it('report the removal of any resource, and the removal or change of any attribute', () => {
      assert.deepEqual(uncovered(AREAS[area], rules, module), []);
    });
  });
};
