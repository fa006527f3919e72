import asyncHooks from 'node:async_hooks';

interface Watching {
  readonly disable: () => unknown;
}

const watching: Watching[] = [];
const noted = <A extends Watching>(one: A): A => {
  watching.push(one);
  return one;
};

/**
 * The functions framework answers each request in a domain and in a storage of its own. Both watch
 * every promise of the process from then on, and make an await twenty times as dear in all the
 * tests that come after. Those that are made after this module was loaded can be told to stop.
 */
const { createHook, AsyncLocalStorage } = asyncHooks;
Object.assign(asyncHooks, {
  createHook: (...callbacks: Parameters<typeof createHook>) => noted(createHook(...callbacks)),
  AsyncLocalStorage: new Proxy(AsyncLocalStorage, {
    construct: () => noted(new AsyncLocalStorage()),
  }),
});

/** Only while no request is being answered. The next one has its promises watched again. */
export const unwatchPromises = (): void => {
  for (const one of watching) one.disable();
};
