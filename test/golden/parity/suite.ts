import type { GoldenCase } from '../../support/golden-case.js';
import { featureParity } from './features.js';
import { marketParity } from './market.js';
import { modelParity } from './models.js';
import { type ParityRun, runCase } from './run.js';
import { scoreParity } from './scores.js';
import { universeParity } from './universe.js';

/** Compares everything that the reference said about a case with what we compute. */
export const parityWithReference = (golden: GoldenCase): void => {
  describe(`parity with the reference: ${golden.name}`, () => {
    let done: ParityRun | undefined;
    before(async () => {
      done = await runCase(golden);
    });
    after(() => {
      done = undefined;
    });
    const run = (): ParityRun => {
      if (done === undefined) throw new Error('the case has not run');
      return done;
    };
    universeParity(run);
    featureParity(run);
    marketParity(run);
    modelParity(golden, run);
    scoreParity(run);
  });
};
