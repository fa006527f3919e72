import { floatAt } from '../typed-arrays.js';
import type { CalendarPosition } from '../units.js';
import { type Columns, column } from './column-table.js';
import type { DateFeature } from './features/names.js';
import { nanToNull } from './nan-to-null.js';
import { REGIME_BOUNDS, type Regime } from './parameters.js';

/** The state of the market on one date; missing is NaN. */
export type RegimeInputs = Readonly<Record<DateFeature, number>>;

export interface RegimeCall {
  readonly regime: Regime;
  /** In [0, 1]. */
  readonly confidence: number;
}

export const regimeInputs = (
  byDate: Columns<DateFeature>,
  date: CalendarPosition,
): RegimeInputs => {
  const read = (name: DateFeature): number => floatAt(column(byDate, name), date);
  return {
    btc_above_ma200: read('btc_above_ma200'),
    btc_ma200_slope: read('btc_ma200_slope'),
    btc_zscore_120: read('btc_zscore_120'),
    breadth_above_sma60: read('breadth_above_sma60'),
    breadth_above_sma200: read('breadth_above_sma200'),
    universe_momentum_dispersion: read('universe_momentum_dispersion'),
    universe_rs_dispersion: read('universe_rs_dispersion'),
    single_leader_burst: read('single_leader_burst'),
  };
};

/** The same for serialisation, with null for missing. */
export const availableInputs = (
  inputs: RegimeInputs,
): Readonly<Record<DateFeature, number | null>> => ({
  btc_above_ma200: nanToNull(inputs.btc_above_ma200),
  btc_ma200_slope: nanToNull(inputs.btc_ma200_slope),
  btc_zscore_120: nanToNull(inputs.btc_zscore_120),
  breadth_above_sma60: nanToNull(inputs.breadth_above_sma60),
  breadth_above_sma200: nanToNull(inputs.breadth_above_sma200),
  universe_momentum_dispersion: nanToNull(inputs.universe_momentum_dispersion),
  universe_rs_dispersion: nanToNull(inputs.universe_rs_dispersion),
  single_leader_burst: nanToNull(inputs.single_leader_burst),
});

const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);
const positivePart = (value: number): number => Math.max(0, value);

const { above: ABOVE, riskOff, btcDominant, broadAltStrength } = REGIME_BOUNDS;

/**
 * The regime of a date, the first that matches (METHOD §7). A comparison with a missing input is
 * false, so a date without breadth is late_momentum with confidence 0.
 */
export const classifyRegime = (inputs: RegimeInputs): RegimeCall => {
  const above = inputs.btc_above_ma200 > ABOVE;
  const breadth60 = inputs.breadth_above_sma60;
  const breadth200 = inputs.breadth_above_sma200;
  const zscore = inputs.btc_zscore_120;
  const burst = inputs.single_leader_burst;
  if ((!above && breadth200 < riskOff.breadth200Below) || breadth60 < riskOff.breadth60Below) {
    const confidence = positivePart(riskOff.breadth200Below - orZero(breadth200)) * 2.5;
    return { regime: 'risk_off', confidence: Math.min(1, confidence) };
  }
  if (above && breadth60 < btcDominant.breadth60Below && zscore > btcDominant.zscoreAbove) {
    const confidence =
      positivePart(btcDominant.breadth60Below - breadth60) * 2.5 + Math.min(0.5, zscore / 3);
    return { regime: 'btc_dominant', confidence: Math.min(1, confidence) };
  }
  // Math.max keeps a missing dispersion missing, which fails the comparison as in the reference.
  const noSingleLeader =
    Number.isNaN(burst) || burst < Math.max(inputs.universe_momentum_dispersion, 0);
  const { breadth60Above, breadth200Above } = broadAltStrength;
  if (above && breadth60 > breadth60Above && breadth200 > breadth200Above && noSingleLeader) {
    const confidence =
      positivePart(breadth60 - breadth60Above) * 2 + positivePart(breadth200 - breadth200Above) * 2;
    return { regime: 'broad_alt_strength', confidence: Math.min(1, confidence) };
  }
  const confidence =
    positivePart(orZero(burst)) + positivePart(orZero(inputs.universe_rs_dispersion));
  return { regime: 'late_momentum', confidence: Math.min(1, confidence) };
};
