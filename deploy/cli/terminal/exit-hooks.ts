/** Module-level state, because a process exits once. */
const hooks = new Set<() => void>();

/** Registers a hook that runs before the command ends, for any reason; the result removes it. */
export const onExit = (hook: () => void): (() => void) => {
  hooks.add(hook);
  return () => {
    hooks.delete(hook);
  };
};

/** Runs and removes all registered hooks. */
export const runExitHooks = (): void => {
  const all = [...hooks];
  hooks.clear();
  for (const hook of all) hook();
};
