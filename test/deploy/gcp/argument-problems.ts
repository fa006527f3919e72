import { type Block, entriesOf, isBlock, resourcesOf, type Tree } from './terraform-module.js';

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

/** Arguments that the provider does not know, and such as it demands and does not get. */
export const argumentProblems = (
  module: Block,
  schema: Readonly<Record<string, Arguments>>,
): readonly string[] =>
  [...resourcesOf(module)].flatMap(([name, block]) => {
    const known = schema[name.split('.')[0] ?? ''];
    return known === undefined ? [`${name}: unknown type`] : unknownIn(block, known, name);
  });
