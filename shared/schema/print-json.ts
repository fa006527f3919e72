const WIDTH = 100;
const INDENT = '  ';

type Members = readonly (readonly [string, unknown])[];

const membersOf = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null ? Object.entries(value) : undefined;

/** Omits the redundant plus sign of an exponent, as formatters do. */
const scalar = (value: unknown): string =>
  typeof value === 'number' ? String(value).replace('e+', 'e') : JSON.stringify(value);

/** Values that fit on one line: scalars, lists of scalars, and objects with a single scalar. */
const flat = (value: unknown): string | undefined => {
  if (Array.isArray(value)) {
    const items = value.map(flat);
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  const members = membersOf(value);
  if (members === undefined) return scalar(value);
  const [first, ...more] = members;
  if (first === undefined) return '{}';
  const [key, member] = first;
  return more.length > 0 || membersOf(member) !== undefined
    ? undefined
    : `{ ${JSON.stringify(key)}: ${scalar(member)} }`;
};

const block = (open: string, lines: readonly string[], indent: string, close: string): string =>
  `${open}\n${lines.map((line) => `${indent}${INDENT}${line}`).join(',\n')}\n${indent}${close}`;

/** `before` is the width that is already used on the line. */
const printed = (value: unknown, indent: string, before: number): string => {
  const line = flat(value);
  const members = membersOf(value);
  // The comma after it must fit as well.
  if (line !== undefined && (members === undefined || before + line.length < WIDTH)) return line;
  const inner = indent + INDENT;
  if (Array.isArray(value)) {
    const items = value.map((item) => printed(item, inner, inner.length));
    return block('[', items, indent, ']');
  }
  const lines = (members ?? []).map(([key, member]) => {
    const label = `${JSON.stringify(key)}: `;
    return label + printed(member, inner, inner.length + label.length);
  });
  return block('{', lines, indent, '}');
};

/** JSON formatted as in a repository: short values on one line, and a final line break. */
export const printedJson = (value: unknown): string => `${printed(value, '', 0)}\n`;
