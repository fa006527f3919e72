/** The present. The only way for a step to learn it. */
export type Clock = () => Date;
