import assert from 'node:assert/strict';
import { isoDay, parseIsoDay } from '../../../../shared/day.js';
import { type Cadence, scheduleDates } from '../../../../shared/ranking/universe/schedule.js';
import { epochDay } from '../../../../shared/units.js';

const schedule = (cadence: Cadence, ...days: readonly string[]): readonly string[] => {
  const calendar = Int32Array.from(days, parseIsoDay);
  return Array.from(scheduleDates(calendar, cadence), (date) =>
    isoDay(epochDay(calendar[date] ?? NaN)),
  );
};

describe('scheduleDates', () => {
  it('takes the last day present of every month, and the first day of all', () => {
    assert.deepEqual(
      schedule('monthly', '2025-01-05', '2025-01-30', '2025-02-28', '2025-04-01', '2025-04-02'),
      ['2025-01-05', '2025-01-30', '2025-02-28', '2025-04-02'],
    );
  });

  it('distinguishes January of two years', () => {
    assert.deepEqual(schedule('monthly', '2024-01-31', '2025-01-31'), ['2024-01-31', '2025-01-31']);
  });

  it('names the first day once when it closes its month', () => {
    assert.deepEqual(schedule('monthly', '2025-01-31', '2025-02-01'), ['2025-01-31', '2025-02-01']);
  });

  it('takes the last day present of every week from Monday to Sunday', () => {
    assert.deepEqual(
      schedule(
        'weekly',
        '2025-06-05',
        '2025-06-07',
        '2025-06-08',
        '2025-06-09',
        '2025-06-14',
        '2025-06-16',
      ),
      ['2025-06-05', '2025-06-08', '2025-06-14', '2025-06-16'],
    );
  });

  it('takes every day', () => {
    assert.deepEqual(schedule('daily', '2025-06-05', '2025-06-07'), ['2025-06-05', '2025-06-07']);
  });

  it('is empty for an empty calendar', () => {
    assert.deepEqual(schedule('monthly'), []);
  });
});
