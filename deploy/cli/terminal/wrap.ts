export const WIDTH = 80;

/**
 * Breaks a text at single spaces into lines of at most `width` characters; lines after the first
 * are indented. After `most` lines the number of remaining words replaces the rest.
 */
export const wrap = (
  text: string,
  indent = 0,
  most = Number.POSITIVE_INFINITY,
  width = WIDTH,
): readonly string[] => {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width && lines.length < most - 1) {
    const at = rest.lastIndexOf(' ', width);
    if (at <= indent) break;
    lines.push(rest.slice(0, at));
    rest = ' '.repeat(indent) + rest.slice(at + 1);
  }
  if (rest.length > width && Number.isFinite(most)) {
    const at = rest.lastIndexOf(' ', width - ' and 999 more'.length);
    const left = rest.slice(at + 1).split(' ').length;
    return [...lines, `${rest.slice(0, at)} and ${left} more`];
  }
  return [...lines, rest];
};
