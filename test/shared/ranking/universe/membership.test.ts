import assert from 'node:assert/strict';
import { buildPanel } from '../../../../shared/ranking/panel.js';
import type { UniverseMode } from '../../../../shared/ranking/parameters.js';
import { UNIVERSE_MODES } from '../../../../shared/ranking/parameters.js';
import { CANDIDATE_ELIGIBLE, FLAG } from '../../../../shared/ranking/universe/eligibility.js';
import { membershipHistory, universeMask } from '../../../../shared/ranking/universe/membership.js';
import { randomWalk } from '../../../support/synthetic-bars.js';

const confirming = (entryConfirmations: number, exitConfirmations: number): UniverseMode => {
  const [mode] = UNIVERSE_MODES;
  assert.ok(mode);
  return { ...mode, entryConfirmations, exitConfirmations };
};

/**
 * One symbol, a refresh on each of its days: `eligible` has E, i, or a dot for a day without a bar.
 */
const lives = (eligible: string, mode: UniverseMode) => {
  const gaps = [...eligible].flatMap((letter, i) => (letter === '.' ? [i] : []));
  const symbol = randomWalk({ symbol: 'XUSDT', first: 0, length: eligible.length, seed: 1, gaps });
  // Another symbol that has a bar on every day keeps all days in the calendar.
  const other = randomWalk({ symbol: 'YUSDT', first: 0, length: eligible.length, seed: 2 });
  const panel = buildPanel([symbol, other]);
  const flags = new Uint8Array(panel.close.length);
  [...eligible]
    .filter((letter) => letter !== '.')
    .forEach((letter, row) => {
      flags[row] = letter === 'E' ? CANDIDATE_ELIGIBLE : CANDIDATE_ELIGIBLE & ~FLAG.liquidity;
    });
  const refreshes = panel.calendar.map((_, date) => date);
  const history = membershipHistory(panel, flags, refreshes, mode);
  const ofX = (table: Uint8Array | Int32Array) => [...table].filter((_, i) => i % 2 === 0).join('');
  return {
    active: ofX(history.active),
    eligible: ofX(history.eligibleStreak),
    ineligible: ofX(history.ineligibleStreak),
    present: ofX(history.present),
  };
};

describe('Membership', () => {
  for (const [eligible, entry, exit, active] of [
    ['EEEE', 1, 1, '1111'],
    ['EiEi', 1, 1, '1010'],
    ['EEEE', 2, 2, '0111'],
    ['EiEi', 2, 2, '0000'],
    ['EEiEii', 2, 2, '011110'],
    ['EEiiEE', 2, 2, '011001'],
    ['EE..EE', 2, 2, '011001'],
    ['EE.E.i', 2, 2, '011110'],
    ['EEEiii', 3, 3, '001110'],
    ['iEEi', 2, 1, '0010'],
  ] as const) {
    it(`of a name that is ${eligible} at its refreshes is ${active} with ${entry}/${exit} confirmations`, () => {
      assert.equal(lives(eligible, confirming(entry, exit)).active, active);
    });
  }

  it('counts streaks of refreshes, with or without a bar', () => {
    assert.deepEqual(lives('iEE.iE', confirming(2, 2)), {
      active: '001100',
      eligible: '012001',
      ineligible: '100120',
      present: '111011',
    });
  });

  it('lasts from its refresh to the day before the next one, and to the end after the last', () => {
    const panel = buildPanel([
      randomWalk({ symbol: 'XUSDT', first: 0, length: 8, seed: 1, gaps: [3] }),
      randomWalk({ symbol: 'YUSDT', first: 0, length: 8, seed: 2 }),
    ]);
    const refreshes = Int32Array.of(2, 4, 6);
    const flags = new Uint8Array(15);
    // X is eligible on its rows of dates 2 and 6, Y on date 4.
    flags[2] = CANDIDATE_ELIGIBLE;
    flags[5] = CANDIDATE_ELIGIBLE;
    flags[7 + 4] = CANDIDATE_ELIGIBLE;
    const history = membershipHistory(panel, flags, refreshes, confirming(1, 1));
    assert.equal(universeMask(panel, history).join(''), '0010011' + '00001100');
  });
});
