/**
 * The random numbers of LightGBM (LIGHTGBM.md §4): a linear congruential generator on 32 unsigned
 * bits, `x ← 214013 x + 2531011`.
 */
export interface LightgbmRandom {
  /** The next 15-bit number. */
  readonly short: () => number;
  /** The next 31-bit number. */
  readonly int31: () => number;
}

export const lightgbmRandom = (seed: number): LightgbmRandom => {
  let state = seed >>> 0;
  const step = (): number => {
    state = (Math.imul(214013, state) + 2531011) >>> 0;
    return state;
  };
  return {
    short: () => (step() >>> 16) & 0x7fff,
    int31: () => step() & 0x7fffffff,
  };
};

export interface Seeds {
  readonly data: number;
  readonly bagging: number;
  readonly drop: number;
  readonly featureFraction: number;
  readonly objective: number;
  readonly extra: number;
}

/** The seeds that are derived from the master seed, drawn in this order. */
export const deriveSeeds = (master: number): Seeds => {
  const { short } = lightgbmRandom(master);
  const draw = (): number => short() % 32767;
  return {
    data: draw(),
    bagging: draw(),
    drop: draw(),
    featureFraction: draw(),
    objective: draw(),
    extra: draw(),
  };
};

const everyIndex = (population: number): Int32Array =>
  Int32Array.from({ length: population }, (_, index) => index);

/** Walks the population once: always `population` steps of the generator. */
const selectInOrder = (generator: LightgbmRandom, population: number, size: number): Int32Array => {
  const taken = new Int32Array(size);
  let count = 0;
  for (let i = 0; i < population; i += 1) {
    const probability = (size - count) / (population - i);
    if (generator.short() / 32768 < probability) {
      taken[count] = i;
      count += 1;
    }
  }
  return taken;
};

/** Floyd's algorithm: one step for each index taken. */
const selectByFloyd = (generator: LightgbmRandom, population: number, size: number): Int32Array => {
  const taken = new Set<number>();
  for (let last = population - size; last < population; last += 1) {
    const candidate = generator.int31() % (last + 1);
    taken.add(taken.has(candidate) ? last : candidate);
  }
  return Int32Array.from(taken).sort();
};

/**
 * `size` different indices below `population`, ascending. Taking all indices draws no number.
 */
export const sampleIndices = (
  generator: LightgbmRandom,
  population: number,
  size: number,
): Int32Array => {
  if (size >= population) return everyIndex(population);
  return size > 1 && size > population / Math.log2(size)
    ? selectInOrder(generator, population, size)
    : selectByFloyd(generator, population, size);
};

/**
 * Draws the features that each tree may use, as ascending indices below `features`; one call per
 * boosting round. LightGBM draws once before the first round and never uses it, so that draw is
 * discarded here.
 */
export const createSubsetSampler = (
  masterSeed: number,
  features: number,
  fraction: number,
): (() => Int32Array) => {
  const generator = lightgbmRandom(deriveSeeds(masterSeed).featureFraction);
  const size = Math.max(Math.trunc(fraction * features + 0.5), 1);
  const draw = (): Int32Array => sampleIndices(generator, features, size);
  draw();
  return draw;
};
