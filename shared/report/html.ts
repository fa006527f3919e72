/** Trusted markup: written in this code base, with every value escaped. */
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

/** Escapes text for an element or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']|\p{Cc}/gu, (one) => {
    const entity = ENTITIES[one];
    if (entity !== undefined) return entity;
    // Other control characters are not allowed in HTML text and would make the page invalid.
    return one === '\n' || one === '\t' ? one : '\u{FFFD}';
  });

/** Marks a renderer's output as trusted. Never use it for data. */
export const rawHtml = (markup: string): Html => ({ markup });

export const NOTHING = rawHtml('');

const markupOf = (part: Part): string => {
  if (part === undefined) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
};

/** A template for markup: text and numbers are escaped, markup is inserted unchanged. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  rawHtml(texts.map((text, i) => `${text}${markupOf(parts[i])}`).join(''));
