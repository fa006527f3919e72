import { styleText } from 'node:util';

/** The emphasis of a text. The text alone carries all information. */
export type Tone = 'good' | 'bad' | 'strong' | 'quiet' | 'plain';

export type Paint = (tone: Tone, text: string) => string;

const styles = { good: 'green', bad: 'red', strong: 'bold', quiet: 'dim' } as const;

export const plainPaint: Paint = (_tone, text) => text;

const colouredPaint: Paint = (tone, text) =>
  tone === 'plain' || text === '' ? text : styleText(styles[tone], text, { validateStream: false });

interface PaintOptions {
  readonly isTerminal: boolean;
  /** The value of NO_COLOR. */
  readonly noColor: string | undefined;
}

/** Colours for a terminal, unless NO_COLOR is set to a non-empty value (no-color.org). */
export const paintFor = ({ isTerminal, noColor }: PaintOptions): Paint =>
  isTerminal && (noColor ?? '') === '' ? colouredPaint : plainPaint;

/** The colours for stdout. */
export const stdoutPaint = (): Paint =>
  paintFor({ isTerminal: process.stdout.isTTY === true, noColor: process.env.NO_COLOR });
