import { baseAssetOf } from '../../../shared/codec/base-asset.js';
import type { Paint, Tone } from '../terminal/colour.js';
import { formatInstant } from '../terminal/format-instant.js';
import { commandLines } from '../terminal/help.js';
import { wrap } from '../terminal/wrap.js';
import { lostStateIn, type StatusFields, type Timing } from './fields.js';
import type { StatusResult } from './result.js';

interface Line {
  readonly label: string;
  readonly text: string;
  readonly tone?: Tone;
  /** Maximum number of lines. */
  readonly most?: number;
  /** A list of names: the number of names that do not fit is printed. */
  readonly isList?: boolean;
}

const LABEL_WIDTH = 16;
const OBJECTS_SHOWN = 3;

const minuteOf = (instant: string): string => `${formatInstant(instant)} UTC`;
const days = (count: number): string => `${count} ${Math.abs(count) === 1 ? 'day' : 'days'}`;
const counts = (by: Readonly<Record<string, number>>): string =>
  Object.entries(by)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

const readersLines = (
  { version, members }: StatusResult,
  { shown }: StatusFields,
): readonly Line[] =>
  version === null
    ? [{ label: 'readers see', text: 'nothing yet', tone: 'bad' }]
    : [
        {
          label: 'readers see',
          text: `${version}${shown?.seq == null ? '' : `, promotion ${shown.seq}`}`,
          tone: 'strong',
        },
        { label: 'members', text: members.map(baseAssetOf).join(' '), isList: true },
      ];

const ageLines = (result: StatusResult): readonly Line[] => {
  const { age_days: age, days_left: left, fresh, refused_from: from } = result;
  if (age === null || left === null) return [];
  const until = fresh ? `${days(left)} left; refused from ${from}` : `STALE; refused from ${from}`;
  return [
    {
      label: 'age',
      text: age < 0 ? `${days(age)}: NOT YET VALID` : `${days(age)}, ${until}`,
      tone: fresh ? 'plain' : 'bad',
    },
  ];
};

const dueLine = (fields: StatusFields, { due }: StatusResult, { expected }: Timing): Line => {
  const next = { label: 'next run', text: minuteOf(due.next_run) };
  if (lostStateIn(fields) !== undefined) return next;
  if (due.late)
    return { ...next, text: `${next.text}; LATE: no release of ${due.as_of_date}`, tone: 'bad' };
  if (expected === undefined) return next;
  const by = expected.by.toISOString().slice(11, 16);
  return { ...next, text: `${next.text}; ${expected.asOfDate} is due, expected by ${by}` };
};

const agreement = (
  label: string,
  objects: readonly string[],
  hiddenBy: string | undefined,
): Line => {
  if (hiddenBy !== undefined) return { label, text: `unknown: ${hiddenBy}`, tone: 'bad' };
  if (objects.length === 0) return { label, text: 'agrees with the ledger', tone: 'good' };
  const shown = objects.slice(0, OBJECTS_SHOWN).join(', ');
  const more = objects.length > OBJECTS_SHOWN ? ` and ${objects.length - OBJECTS_SHOWN} more` : '';
  return { label, text: `DISAGREES with the ledger: ${shown}${more}`, tone: 'bad', most: 3 };
};

const ledgerLines = (fields: StatusFields): readonly Line[] => {
  const [problem, ...more] = fields.drift.ledger;
  const loss = lostStateIn(fields);
  const others = more.length === 0 ? '' : `; ${more.length} more`;
  const text = loss ?? (problem && `hash chain BROKEN${others}: ${problem}`);
  return text === undefined ? [] : [{ label: 'ledger', text, tone: 'bad' }];
};

const agreementLines = (
  { head, drift: { current, document, event, release } }: StatusFields,
  { version }: StatusResult,
): readonly Line[] => {
  const hiddenBy =
    release !== undefined
      ? 'the release is damaged'
      : head === null
        ? 'the ledger has no head'
        : undefined;
  const isUnknown = hiddenBy !== undefined;
  const nothingYet = version === null && current.length === 0 && document.length === 0;
  if (nothingYet) return [];
  return [
    ...(release === undefined
      ? []
      : [{ label: 'release', text: release, tone: 'bad', most: 3 } as const]),
    agreement('current/', current, hiddenBy),
    agreement('document', document, hiddenBy),
    event.length > 0
      ? { label: 'event', text: 'live-pool-published was not sent', tone: 'bad' }
      : { label: 'event', text: isUnknown ? 'unknown' : 'sent', tone: isUnknown ? 'bad' : 'good' },
  ];
};

const unfinishedLine = ({ unfinished }: StatusResult): Line => {
  const { count, pending, interrupted_run, process, unknown } = unfinished;
  const label = 'unfinished';
  if (count === null) return { label, text: `unknown: ${unknown}`, tone: 'quiet' };
  if (process !== null)
    return { label, text: `process ${process} is running in this folder`, tone: 'plain' };
  if (count === 0 && interrupted_run !== true) return { label, text: 'nothing', tone: 'good' };
  const waiting = count === 0 ? 'a run was interrupted' : `${count} to deliver: ${counts(pending)}`;
  return { label, text: waiting, tone: 'bad' };
};

const deadLetterLine = ({ dead_letters }: StatusResult): Line => {
  const { count, by_function, newest, unknown } = dead_letters;
  const label = 'dead letters';
  if (count === null) return { label, text: `unknown: ${unknown}`, tone: 'bad', most: 3 };
  if (count === 0 || newest === null) return { label, text: 'none', tone: 'good' };
  return {
    label,
    text: `${counts(by_function)}; newest, ${newest.function}: ${newest.reason}`,
    tone: 'bad',
    most: 3,
  };
};

const promotionLines = ({ last_promotion }: StatusResult): readonly Line[] => {
  if (last_promotion === null) return [];
  const { seq, intent, promoted_at, actor, reason } = last_promotion;
  return [
    { label: 'last promotion', text: `${seq} (${intent}), ${minuteOf(promoted_at)}` },
    { label: '', text: `by ${actor}`, most: 1 },
    ...(reason === null ? [] : [{ label: '', text: `reason: ${reason}`, most: 2 }]),
  ];
};

const LINE_WIDTH = 80 - LABEL_WIDTH;
/** The usable part of a line: lines break at spaces. */
const USABLE = 0.85;

const cut = (text: string, lines: number): string => {
  const one = text.replace(/\s+/g, ' ');
  const room = Math.floor(lines === 1 ? LINE_WIDTH : lines * LINE_WIDTH * USABLE);
  return one.length <= room ? one : `${one.slice(0, room - 1)}…`;
};

const draw = (
  paint: Paint,
  { label, text, tone = 'plain', most = 2, isList = false }: Line,
): readonly string[] => {
  const shown = isList ? text : cut(text, most);
  return wrap(`${label.padEnd(LABEL_WIDTH)}${shown}`, LABEL_WIDTH, most).map((line) => {
    const [head, rest] = [line.slice(0, LABEL_WIDTH), line.slice(LABEL_WIDTH)];
    return `${paint('quiet', head)}${paint(tone, rest)}`;
  });
};

/** The status in 80 columns and 24 lines; the last paragraph is the next step. */
export const statusText = (
  result: StatusResult,
  fields: StatusFields,
  timing: Timing,
  paint: Paint,
): string => {
  const { command, why } = result.next_step;
  return [
    ...[
      ...readersLines(result, fields),
      ...ageLines(result),
      dueLine(fields, result, timing),
      ...agreementLines(fields, result),
      ...ledgerLines(fields),
      unfinishedLine(result),
      deadLetterLine(result),
      ...promotionLines(result),
    ].flatMap((line) => draw(paint, line)),
    '',
    ...wrap(why),
    ...(command === null ? [] : commandLines(command, 2).map((line) => paint('strong', line))),
  ].join('\n');
};
