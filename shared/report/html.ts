/** Markup that is safe to put into a page: written by us, every value in it escaped. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | undefined | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']|\p{Cc}/gu, (one) => {
    const entity = ENTITIES[one];
    if (entity !== undefined) return entity;
    // Other control characters are no text in HTML and would make the page invalid.
    return one === '\n' || one === '\t' ? one : '\u{FFFD}';
  });

/** Markup that comes from a renderer of ours. Never from data. */
export const rawHtml = (markup: string): Html => ({ markup });

export const NOTHING = rawHtml('');

const markupOf = (part: Part): string => {
  if (part === undefined) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
};

/** Markup with values: text and numbers are escaped, markup stays what it is. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  rawHtml(texts.map((text, i) => `${text}${markupOf(parts[i])}`).join(''));

/** The parts one after the other, with something in between. */
export const joinHtml = (parts: readonly Html[], between: string): Html =>
  rawHtml(parts.map(({ markup }) => markup).join(escapeHtml(between)));
