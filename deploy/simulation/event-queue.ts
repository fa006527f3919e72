/** What is to happen, and when. */
export interface EventQueue {
  readonly add: (due: number, act: () => void) => void;
  /** When the next thing is due; undefined if there is none. */
  readonly next: () => number | undefined;
  readonly take: () => (() => void) | undefined;
}

interface Item {
  readonly due: number;
  readonly act: () => void;
}

/** Ordered by time; what is due at the same time happens in the order in which it was added. */
export const eventQueue = (): EventQueue => {
  const items: Item[] = [];
  return {
    add: (due, act) => {
      const later = items.findIndex((item) => item.due > due);
      items.splice(later === -1 ? items.length : later, 0, { due, act });
    },
    next: () => items[0]?.due,
    take: () => items.shift()?.act,
  };
};
