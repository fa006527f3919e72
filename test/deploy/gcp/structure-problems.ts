import type { Expected } from './expected-access.js';
import { expectedResources } from './expected-resources.js';
import {
  at,
  type Block,
  entriesOf,
  isBlock,
  localsOf,
  resourcesOf,
  type Tree,
  textsOf,
} from './terraform-module.js';

const differs = (a: Tree | undefined, b: unknown): boolean =>
  JSON.stringify(a) !== JSON.stringify(b);

const iterationOf = (block: Block, how: 'for_each' | 'count'): string | undefined => {
  const text = block[how];
  return typeof text === 'string' ? text.replace(/^\$\{([\s\S]*)\}$/, '$1') : undefined;
};

/** All that a block says, by the paths that {@link at} takes; of repeated blocks all at once. */
const leavesOf = (tree: Tree, path = ''): readonly string[] => {
  const block = Array.isArray(tree) && tree.length === 1 ? tree[0] : tree;
  return isBlock(block) && Object.keys(block).length > 0
    ? Object.entries(block).flatMap(([name, below]) =>
        leavesOf(below, path === '' ? name : `${path}.${name}`),
      )
    : [path];
};

/** What every resource says, or says to people only. */
const ORDINARY =
  /^(for_each|count|project|description|documentation\.\w+)$|(^|\.)(display_name|title)$/;

const problemsOf = (name: string, block: Block, expected: Expected): readonly string[] => [
  ...(['for_each', 'count'] as const)
    .filter((how) => iterationOf(block, how) !== expected[how])
    .map((how) => `${name}: ${how} is ${iterationOf(block, how)}, expected ${expected[how]}`),
  ...Object.entries(expected.says ?? {})
    .filter(([path, value]) => differs(at(block, path), value))
    .map(
      ([path, value]) =>
        `${name}: ${path} is ${JSON.stringify(at(block, path))}, expected ${JSON.stringify(value)}`,
    ),
  ...leavesOf(block)
    .filter((path) => !ORDINARY.test(path) && !(path in (expected.says ?? {})))
    .map((path) => `${name}: ${path} is more than is needed, ${JSON.stringify(at(block, path))}`),
];

/** Resources that are missing, that are not needed, or that say something else. */
export const resourceProblems = (module: Block): readonly string[] => {
  const found = resourcesOf(module);
  return [
    ...Object.entries(expectedResources).flatMap(([name, expected]) => {
      const block = found.get(name);
      return block === undefined ? [`${name} is missing`] : problemsOf(name, block, expected);
    }),
    ...[...found.keys()]
      .filter((name) => !(name in expectedResources))
      .map((name) => `${name} is more than is needed`),
  ];
};

const matchesOf = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([whole]) => whole);

const interpolations = (text: string): readonly string[] =>
  text.includes('$' + '{') ? [text] : [];

/** Names that are used and not defined, and names that are defined and not used. */
export const referenceProblems = (module: Block): readonly string[] => {
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
export const hardCodedProblems = (module: Block): readonly string[] =>
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

/** Fields of what a resource is repeated over that are asked for and are not there. */
export const eachProblems = (
  module: Block,
  locals: Readonly<Record<string, unknown>>,
): readonly string[] =>
  [...resourcesOf(module)].flatMap(([resource, block]) => {
    const local = /^local\.(\w+)$/.exec(iterationOf(block, 'for_each') ?? '')?.[1];
    if (local === undefined) return [];
    const elements = Object.values(Object(locals[local]));
    const asked = textsOf(block).flatMap(([, text]) =>
      [...text.matchAll(/each\.value\.(\w+)/g)].map(([, field = '']) => field),
    );
    return [
      ...(elements.length === 0 ? [`${resource}: local.${local} holds nothing`] : []),
      ...[...new Set(asked)]
        .filter((field) => elements.some((element) => !(field in Object(element))))
        .map((field) => `${resource}: local.${local} has no ${field}`),
    ];
  });
