const hooks = new Set<() => void>();

/** Has something done before the command ends, however it ends. The answer takes the duty back. */
export const onExit = (hook: () => void): (() => void) => {
  hooks.add(hook);
  return () => {
    hooks.delete(hook);
  };
};

/** Does, at once, all that is to be done before the command ends. */
export const runExitHooks = (): void => {
  const all = [...hooks];
  hooks.clear();
  for (const hook of all) hook();
};
