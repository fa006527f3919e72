const duties = new Set<() => void>();

/** Has something done before the command ends, however it ends. The answer takes the duty back. */
export const whenLeaving = (duty: () => void): (() => void) => {
  duties.add(duty);
  return () => {
    duties.delete(duty);
  };
};

/** Does, at once, all that is to be done before the command ends. */
export const leave = (): void => {
  const all = [...duties];
  duties.clear();
  for (const duty of all) duty();
};
