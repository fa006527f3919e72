import { MONTHS, type MonthEnd, scheduledAt } from './fixture-market.js';
import type { Random } from './random.js';

/** One action of the scheduler or an operator. Instants in milliseconds. */
export type WorkloadAction =
  | { readonly kind: 'request'; readonly at: number; readonly body: object }
  /** Publishes an archived message again, unchanged. */
  | { readonly kind: 'replay'; readonly at: number; readonly choice: number }
  /** Publishes an archived release-materialised message with the intent `restate`. */
  | { readonly kind: 'restate'; readonly at: number; readonly choice: number }
  | { readonly kind: 'reconcile'; readonly at: number }
  | {
      /** Immediately, or right after a promotion, while it is still being copied. */
      readonly kind: 'rollback' | 'rollback_on_promotion';
      readonly at: number;
      readonly choice: number;
      /** Difference between the sequence that the operator expects and the head. */
      readonly error: number;
    };

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A scheduled request, and repeats for the same month. Equal bodies join the same run. */
const REQUEST_DELAYS = [0, 1_000, 45_000, 3_600_000] as const;

/** The month that an action requests; undefined for other actions. */
export const requestedMonth = (action: WorkloadAction): MonthEnd | undefined =>
  action.kind !== 'request'
    ? undefined
    : MONTHS.find((month) =>
        'as_of_date' in action.body
          ? action.body.as_of_date === month
          : action.at >= scheduledAt(month) && action.at < scheduledAt(month) + DAY,
      );

const requests = (random: Random, month: MonthEnd, start: number): readonly WorkloadAction[] => {
  const count = random.chance(0.35) ? random.between(2, 4) : 1;
  const named = start !== scheduledAt(month);
  return REQUEST_DELAYS.slice(0, count).map((delay) => ({
    kind: 'request',
    at: start + delay,
    body: {
      ...(named || random.chance(0.2) ? { as_of_date: month } : {}),
      // A different body starts another run of the same month.
      ...(random.chance(0.1) ? { previous_pool: [] } : {}),
    },
  }));
};

const operatorActions = (
  random: Random,
  months: readonly MonthEnd[],
): readonly WorkloadAction[] => {
  const instant = (): number => {
    const tick = scheduledAt(months[random.below(months.length)] ?? MONTHS[0]);
    return tick + random.below(random.pick([MINUTE, MINUTE, DAY / 8, 60 * DAY]));
  };
  const upTo = <A>(max: number, make: () => A): readonly A[] =>
    Array.from({ length: random.below(max + 1) }, make);
  const choice = (): number => random.below(1 << 16);
  return [
    ...upTo(4, (): WorkloadAction => ({ kind: 'replay', at: instant(), choice: choice() })),
    ...upTo(2, (): WorkloadAction => ({ kind: 'reconcile', at: instant() })),
    ...upTo(
      3,
      (): WorkloadAction => ({
        kind: random.pick(['rollback', 'rollback_on_promotion']),
        at: instant(),
        choice: choice(),
        error: random.chance(0.2) ? random.pick([-1, 1]) : 0,
      }),
    ),
    ...(random.chance(0.2)
      ? upTo(1, (): WorkloadAction => ({ kind: 'restate', at: instant(), choice: choice() }))
      : []),
  ];
};

/**
 * One to three consecutive months, each requested once or several times, on schedule or all
 * together as when an operator catches up; and the operators' actions in the meantime.
 */
export const seededWorkload = (random: Random): readonly WorkloadAction[] => {
  const first = random.below(MONTHS.length);
  const months = MONTHS.slice(first, first + random.pick([1, 1, 2, 2, 2, 3]));
  const last = months.at(-1);
  const together = last !== undefined && random.chance(0.4) ? scheduledAt(last) : undefined;
  return [
    ...months.flatMap((month) => requests(random, month, together ?? scheduledAt(month))),
    ...operatorActions(random, months),
  ];
};

/**
 * Two months, the second rolled back, then a replay and a rollback with a wrong sequence; a third
 * month, rolled back to the second.
 */
export const SCENARIO: readonly WorkloadAction[] = [
  { kind: 'request', at: scheduledAt('2025-10-31'), body: {} },
  { kind: 'request', at: scheduledAt('2025-11-30'), body: {} },
  { kind: 'rollback', at: scheduledAt('2025-11-30') + DAY, choice: 0, error: 0 },
  { kind: 'replay', at: scheduledAt('2025-11-30') + 2 * DAY, choice: 4 },
  { kind: 'rollback', at: scheduledAt('2025-11-30') + 3 * DAY, choice: 1, error: -1 },
  { kind: 'request', at: scheduledAt('2025-12-31'), body: {} },
  { kind: 'rollback', at: scheduledAt('2025-12-31') + DAY, choice: 1, error: 0 },
];
