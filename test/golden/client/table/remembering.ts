import {
  dated,
  emergency,
  falling,
  fresh,
  type Given,
  POOL,
  refused,
  type Vector,
} from './base.js';

const FEBRUARY = dated('2026-02-28');
const ABSENT: Given = { trouble: 'nothing' };
const TOO_OLD = refused('age', 'at most 45 days', 46);
const KNOWN = 'last_known_good';

const remembered = (name: string, payload: object, known: Given, expect: object): Vector =>
  falling(name, { document: { payload }, last_known_good: known, expect });

export const remembering: readonly Vector[] = [
  remembered('a fresh document takes the place of none', POOL, ABSENT, fresh()),
  remembered(
    'a fresh document takes the place of an earlier one',
    POOL,
    { payload: FEBRUARY },
    fresh(),
  ),
  remembered(
    'a fresh document that is known already is not stored again',
    POOL,
    { payload: POOL },
    fresh({ last_known_good: 'unchanged' }),
  ),
  remembered(
    'a fresh document does not take the place of a later one',
    FEBRUARY,
    { payload: POOL },
    fresh({
      as_of_date: '2026-02-28',
      version: '2026-02-28-core_major',
      age_days: 14,
      last_known_good: 'kept',
    }),
  ),
  remembered(
    'nor that of a later one which a wrong clock calls the future',
    POOL,
    { payload: dated('2026-03-31') },
    fresh({ last_known_good: 'kept' }),
  ),
  remembered(
    'a fresh document takes the place of one that is broken',
    POOL,
    { text: '{' },
    fresh(),
  ),
  remembered(
    'a fresh document takes the place of a later one that breaks a rule',
    POOL,
    { payload: dated('2026-03-14', { pool_size: 4 }) },
    fresh(),
  ),
  remembered(
    'a rollback has a higher number and takes the place of a later date',
    { ...FEBRUARY, promotion_seq: 3 },
    { payload: { ...POOL, promotion_seq: 2 } },
    fresh({
      as_of_date: '2026-02-28',
      version: '2026-02-28-core_major',
      age_days: 14,
      promotion_seq: 3,
    }),
  ),
  remembered(
    'a document of a lower number does not, even with a later date',
    { ...POOL, promotion_seq: 2 },
    { payload: { ...FEBRUARY, promotion_seq: 3 } },
    fresh({ promotion_seq: 2, last_known_good: 'kept' }),
  ),
  remembered(
    'where only one of the two has a number, dates decide',
    POOL,
    { payload: { ...FEBRUARY, promotion_seq: 3 } },
    fresh(),
  ),
  remembered(
    'the same promotion with other words is stored',
    { ...POOL, promotion_seq: 3, generated_at: '2026-03-13T13:00:00+00:00' },
    { payload: { ...POOL, promotion_seq: 3, generated_at: '2026-03-13T12:00:00+00:00' } },
    fresh({ promotion_seq: 3 }),
  ),
  remembered(
    'a stale document takes the place of nothing',
    dated('2026-01-27'),
    { payload: { ...POOL, pool_size: 4 } },
    emergency(TOO_OLD, refused('pool_size', '5, the number of its symbols', 4, KNOWN)),
  ),
];
