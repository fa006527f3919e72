/** The current time. Steps have no other source of it. */
export type Clock = () => Date;
