const WIDTH = 80;

/**
 * The text in lines of at most 80 characters, broken at single spaces, further lines indented. Of
 * more lines than `most` the rest is counted in words.
 */
export const wrap = (
  text: string,
  indent = 0,
  most = Number.POSITIVE_INFINITY,
): readonly string[] => {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > WIDTH && lines.length < most - 1) {
    const at = rest.lastIndexOf(' ', WIDTH);
    if (at <= indent) break;
    lines.push(rest.slice(0, at));
    rest = ' '.repeat(indent) + rest.slice(at + 1);
  }
  if (rest.length > WIDTH && Number.isFinite(most)) {
    const at = rest.lastIndexOf(' ', WIDTH - ' and 999 more'.length);
    const left = rest.slice(at + 1).split(' ').length;
    return [...lines, `${rest.slice(0, at)} and ${left} more`];
  }
  return [...lines, rest];
};
