import { type Html, html, rawHtml } from './html.js';

/** The widths in which every chart is drawn: a phone's, and the column of a wider screen. */
const WIDTHS = { narrow: 358, wide: 820 } as const;

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Html | string;
  readonly isNumber?: boolean;
  /** Prose, which may take several lines. */
  readonly isProse?: boolean;
}

export const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Html => {
  const classOf = ({ isNumber, isProse }: Column<Row>): Html =>
    rawHtml(isNumber ? ' class="n"' : isProse ? ' class="p"' : '');
  return html`<div class="scroll" tabindex="0"><table><thead><tr>${columns.map(
    (one) => html`<th scope="col"${classOf(one)}>${one.head}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${columns.map((one) => html`<td${classOf(one)}>${one.cell(row)}</td>`)}</tr>`,
  )}</tbody></table></div>`;
};

interface LegendEntry {
  readonly name: string;
  readonly color: string;
  readonly shape?: 'box' | 'line' | 'dot';
}

const legend = (entries: readonly LegendEntry[]): Html =>
  html`<ul class="legend">${entries.map(
    ({ name, color, shape = 'box' }) =>
      html`<li><span class="key ${shape}" style="background:${color}"></span>${name}</li>`,
  )}</ul>`;

export interface Figure {
  /** Derived from the section's id; keeps the drawings of a page apart. */
  readonly id: string;
  readonly title: string;
  /** How to read it, in one sentence. */
  readonly help: string;
  readonly legend?: readonly LegendEntry[];
  readonly draw: (canvas: { readonly name: string; readonly width: number }) => string;
  /** The numbers behind it. */
  readonly table?: Html;
}

const drawing = (figure: Figure, size: keyof typeof WIDTHS): Html => {
  const svg = figure.draw({ name: `${figure.id}-${size}`, width: WIDTHS[size] });
  const label = html`<svg class="chart ${size}" role="img" aria-label="${figure.title}. ${figure.help}"`;
  return rawHtml(svg.replace('<svg', () => label.markup));
};

const caption = ({ id, title, help }: Pick<Figure, 'id' | 'title' | 'help'>): Html =>
  html`<figcaption><h3 id="${id}-title">${title}</h3><p class="help">${help}</p></figcaption>`;

/** A chart in both widths with its title, reading help, legend and numbers. */
export const figure = (one: Figure): Html =>
  html`<figure id="${one.id}">${caption(one)}${one.legend && legend(one.legend)}${drawing(one, 'narrow')}${drawing(one, 'wide')}${
    one.table &&
    html`<details><summary>The numbers of “${one.title}”</summary>${one.table}</details>`
  }</figure>`;

/** The frame of a chart that has no data (yet), with the action that provides it. */
export const emptyFigure = (
  one: Pick<Figure, 'id' | 'title' | 'help'>,
  why: string,
  command?: string,
): Html =>
  html`<figure id="${one.id}">${caption(one)}<div class="frame"><p>${why}${
    command !== undefined ? html` Run: <code>${command}</code>` : undefined
  }</p></div></figure>`;
