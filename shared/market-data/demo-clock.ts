/** The demo market's current time: its last bar has just closed. */
export const DEMO_NOW = '2026-03-14T00:30:00Z';
/** The day of the demo market's last bars. */
export const DEMO_AS_OF_DATE = '2026-03-13';
