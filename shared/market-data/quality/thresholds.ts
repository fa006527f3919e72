/** The thresholds of findings; none of them affects the ranking. */
export const THRESHOLDS = {
  /** A day's |close / previous close − 1| beyond this is a big move. */
  bigMove: 0.5,
  /**
   * A big move on less than this share of the usual quote volume is suspect: real ones bring
   * several times the usual volume, a redenomination or a wrong price brings none.
   */
  tinyVolumeShare: 0.1,
  /** The usual volume is the median over so many bars before, and unknown with fewer than 10. */
  usualVolumeBars: 30,
  minUsualVolumeBars: 10,
  /** A listed symbol counts as halted after this many missing days up to the as-of day. */
  haltedDays: 1,
  /** The share of the candidates that must have their bar of the as-of day. */
  minCoverage: 0.98,
  /** The report lists at most this many findings, which keeps it below 1 MB; it counts all. */
  findingsListed: 2500,
} as const;
