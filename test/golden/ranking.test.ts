import { binanceCase, demoCase } from '../support/golden-case.js';
import { describeWithShared } from '../support/shared-folder.js';
import { parityWithReference } from './parity/suite.js';

describe('the ranking of the demo market', () => {
  parityWithReference(demoCase('market-2025-10-31'));
  parityWithReference(demoCase('market-2026-03-13'));
});

describeWithShared('the ranking of real bars', (folder) => {
  parityWithReference(binanceCase('binance-2024-06-30', folder));
  parityWithReference(binanceCase('binance-2025-12-31', folder));
});
