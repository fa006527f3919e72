import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { READER_DEFAULTS } from '../../../shared/client/acceptance/reader-settings.js';
import { DEFAULTS } from '../../../shared/contract/constants.js';
import { RELEASE_AGE_ALARMS } from '../../../shared/log-metrics.js';

const root = resolve(import.meta.dirname, '../../..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The default of a setting in the Python client, as Python writes it. */
const pythonDefault = (setting: string): string | undefined =>
  new RegExp(`^ {4}${setting}: [^=\\n]+ = (.+)$`, 'm').exec(
    textOf('shared/client/python/live_pool_client/acceptance.py'),
  )?.[1];

// Texts cannot take the number from the contract, so each must state it as the contract does.
const DOCUMENTS = [
  'deploy/cli/README.md',
  'deploy/gcp/RUNBOOK.md',
  'shared/client/README.md',
  'shared/client/python/README.md',
  'shared/ranking/METHODOLOGY.md',
];

describe("a reader's defaults", () => {
  it('are the same in the Python client', () => {
    const modes = READER_DEFAULTS.acceptedModes.map((mode) => `"${mode}",`).join(' ');
    assert.equal(pythonDefault('max_age_days'), String(READER_DEFAULTS.maxAgeDays));
    assert.equal(pythonDefault('accepted_modes'), `(${modes})`);
    assert.equal(pythonDefault('expected_pool_size'), String(READER_DEFAULTS.expectedPoolSize));
    assert.equal(pythonDefault('strategy_profile'), `"${READER_DEFAULTS.strategyProfile}"`);
  });

  for (const path of DOCUMENTS)
    it(`are stated by ${path}`, () => {
      const ages = [
        ...textOf(path).matchAll(/release(?:\s+that\s+is)?\s+older\s+than\s+(\d+)\s+days/g),
      ];
      assert.ok(ages.length > 0, 'expected a sentence about the maximum age');
      for (const [sentence, days] of ages)
        assert.equal(days, String(DEFAULTS.maxAgeDays), sentence);
    });

  it('leave a day after the last alarm about the age', () => {
    assert.equal(Math.max(...RELEASE_AGE_ALARMS), DEFAULTS.maxAgeDays - 1);
  });
});
