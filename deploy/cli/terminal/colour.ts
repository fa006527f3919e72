import { styleText } from 'node:util';

/** What a piece of text is to the reader. Text says everything without it, too. */
export type Tone = 'good' | 'bad' | 'strong' | 'quiet' | 'plain';

export type Paint = (tone: Tone, text: string) => string;

const styles = { good: 'green', bad: 'red', strong: 'bold', quiet: 'dim' } as const;

export const plainPaint: Paint = (_tone, text) => text;

const colouredPaint: Paint = (tone, text) =>
  tone === 'plain' || text === '' ? text : styleText(styles[tone], text, { validateStream: false });

/** Colours for a terminal, unless its owner wants none (no-color.org: any value but the empty). */
export const paintFor = (isTerminal: boolean, noColor: string | undefined): Paint =>
  isTerminal && (noColor ?? '') === '' ? colouredPaint : plainPaint;

/** The colours of what goes to stdout. */
export const stdoutPaint = (): Paint =>
  paintFor(process.stdout.isTTY === true, process.env.NO_COLOR);
