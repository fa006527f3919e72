export const WIDTH = 80;

/**
 * The text in lines of at most `width` characters, broken at single spaces, further lines indented. Of
 * more lines than `most` the rest is counted in words.
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
