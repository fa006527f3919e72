import { dated, emergency, fresh, POOL, reading, refused, STATIC, type Vector } from './base.js';

const NO_DATE = 'a date as YYYY-MM-DD in the first 10 characters';

const at = (now: string, vector: Vector): Vector => ({ ...vector, now });

const dateless = (name: string, as_of_date: unknown, got: string | number | null): Vector =>
  reading(name, { ...POOL, as_of_date }, emergency(refused('as_of_date', NO_DATE, got)));

const aged = (as_of_date: string, age_days: number): object =>
  fresh({ as_of_date, version: `${as_of_date}-core_major`, age_days });

export const dates: readonly Vector[] = [
  reading('of yesterday', POOL, fresh()),
  reading('of today', dated('2026-03-14'), aged('2026-03-14', 0)),
  reading('44 days old', dated('2026-01-29'), aged('2026-01-29', 44)),
  reading('45 days old', dated('2026-01-28'), aged('2026-01-28', 45)),
  reading('46 days old', dated('2026-01-27'), emergency(refused('age', 'at most 45 days', 46))),
  at(
    '2026-03-14T23:59:59Z',
    reading(
      '45 days old until the last second of the day',
      dated('2026-01-28'),
      aged('2026-01-28', 45),
    ),
  ),
  at(
    '2026-03-15T00:00:00Z',
    reading(
      '46 days old from the first second of the next day',
      dated('2026-01-28'),
      emergency(refused('age', 'at most 45 days', 46)),
    ),
  ),
  reading('10 days old for a reader who allows 10', dated('2026-03-04'), aged('2026-03-04', 10), {
    max_age_days: 10,
  }),
  reading(
    '11 days old for a reader who allows 10',
    dated('2026-03-03'),
    emergency(refused('age', 'at most 10 days', 11)),
    { max_age_days: 10 },
  ),
  reading(
    'of today for a reader who allows no age at all',
    dated('2026-03-14'),
    aged('2026-03-14', 0),
    {
      max_age_days: 0,
    },
  ),
  reading(
    'of yesterday for a reader who allows no age at all',
    POOL,
    emergency(refused('age', 'at most 0 days', 1)),
    { max_age_days: 0 },
  ),
  reading(
    'years old for a reader who waives the rule',
    dated('2020-02-29'),
    aged('2020-02-29', 2205),
    {
      max_age_days: null,
    },
  ),
  reading(
    'of tomorrow',
    dated('2026-03-15'),
    emergency(refused('future', 'a day not after 2026-03-14', '2026-03-15')),
  ),
  at(
    '2026-03-14T23:30:00-02:00',
    reading(
      'of a day that has begun in UTC, though not where the reader is',
      dated('2026-03-15'),
      aged('2026-03-15', 0),
    ),
  ),
  at(
    '2026-03-15T00:30:00+02:00',
    reading(
      'of a day that has begun where the reader is, though not in UTC',
      dated('2026-03-15'),
      emergency(refused('future', 'a day not after 2026-03-14', '2026-03-15')),
    ),
  ),
  reading(
    'of tomorrow for a reader who waives the age rule',
    dated('2026-03-15'),
    emergency(refused('future', 'a day not after 2026-03-14', '2026-03-15')),
    { max_age_days: null },
  ),
  reading(
    'with a time of day behind the date',
    { ...POOL, as_of_date: '2026-03-13T00:00:00Z' },
    fresh(),
  ),
  reading('with anything behind the date', { ...POOL, as_of_date: '2026-03-13 (Friday)' }, fresh()),
  at('2024-03-01T00:00:00Z', reading('of a leap day', dated('2024-02-29'), aged('2024-02-29', 1))),
  dateless('of a day that there is not', '2026-02-29', '2026-02-29'),
  dateless('of a 13th month', '2026-13-01', '2026-13-01'),
  dateless('of a year 0', '0000-01-01', '0000-01-01'),
  dateless('dated without hyphens', '20260313', '20260313'),
  dateless('dated by week', '2026-W11-5', '2026-W11-5'),
  dateless('dated in short', '2026-3-13', '2026-3-13'),
  dateless('dated behind a blank', ' 2026-03-13', ' 2026-03-13'),
  dateless('dated in other digits', '２０２６-03-13', '２０２６-03-13'),
  dateless('dated by a number', 20_260_313, 20_260_313),
  dateless('dated by nothing', null, null),
  dateless('dated by an empty text', '', ''),
  dateless('dated by an object', { seconds: 1_773_360_000 }, 'an object'),
  {
    ...reading('', {}, {}),
    name: 'that is stale and of another mode breaks two rules',
    document: { payload: { ...dated('2026-01-01'), mode: 'broad_liquid' } },
    static_universe: STATIC,
    expect: emergency(
      refused('age', 'at most 45 days', 72),
      refused('mode', 'one of core_major', 'broad_liquid'),
    ),
  },
];
