import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from '@cdktf/hcl2json';

export const folder = resolve(import.meta.dirname, '../../../deploy/gcp');

/** A parsed configuration: blocks are lists of objects, expressions are texts in `${…}`. */
export type Tree = string | number | boolean | null | readonly Tree[] | Block;
export interface Block {
  readonly [name: string]: Tree;
}

export const isBlock = (tree: Tree | undefined): tree is Block =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree);

export interface File {
  readonly name: string;
  readonly text: string;
}

export const files = (): readonly File[] =>
  readdirSync(folder)
    .filter((name) => /\.tf$|\.tfvars\.example$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** All files as one: Terraform reads a folder so, too. */
export const parseModule = (all: readonly File[]): Promise<Block> =>
  parse(
    'module.tf',
    all
      .filter(({ name }) => name.endsWith('.tf'))
      .map(({ text }) => text)
      .join('\n'),
  );

/** What lies under a dotted path; of a block that is there once, its content. */
export const at = (tree: Tree | undefined, path: string): Tree | undefined =>
  path === ''
    ? tree
    : path.split('.').reduce<Tree | undefined>((below, name) => {
        const block = Array.isArray(below) && below.length === 1 ? below[0] : below;
        return isBlock(block) ? block[name] : undefined;
      }, tree);

/** The named things in a block; none where there is none. */
export const entriesOf = (tree: Tree | undefined): readonly (readonly [string, Tree])[] =>
  isBlock(tree) ? Object.entries(tree) : [];

/** Every resource by `type.name`. */
export const resourcesOf = (module: Block): ReadonlyMap<string, Block> =>
  new Map(
    entriesOf(module.resource).flatMap(([type, named]) =>
      entriesOf(named).flatMap(([name, blocks]) => {
        const block = Array.isArray(blocks) ? blocks[0] : blocks;
        return isBlock(block) ? [[`${type}.${name}`, block] as const] : [];
      }),
    ),
  );

/** Every local, whichever block it is in. */
export const localsOf = (module: Block): Block => {
  const blocks = at(module, 'locals');
  return Object.assign({}, ...(Array.isArray(blocks) ? blocks : []));
};

/** Every text in the tree, with the path to it. */
export const textsOf = (tree: Tree, path = ''): readonly (readonly [string, string])[] => {
  if (typeof tree === 'string') return [[path, tree]];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, below]) => textsOf(below, `${path}.${name}`));
};

const replaced = (tree: Tree, path: readonly string[], to: Tree | undefined): Tree => {
  const [name, ...rest] = path;
  if (name === undefined) return tree;
  if (Array.isArray(tree))
    return tree.map((one, place) => (place === 0 ? replaced(one, path, to) : one));
  if (!isBlock(tree)) throw new Error(`nothing lies below ${name}`);
  const { [name]: old, ...others } = tree;
  if (rest.length > 0) {
    if (old === undefined) throw new Error(`there is no ${name}`);
    return { ...others, [name]: replaced(old, rest, to) };
  }
  return to === undefined ? others : { ...others, [name]: to };
};

/** The same with something else under a path, or with nothing there. */
export const changed = (block: Block, path: readonly string[], to?: Tree): Block => {
  const made = replaced(block, path, to);
  if (!isBlock(made)) throw new Error('a block stays a block');
  return made;
};
