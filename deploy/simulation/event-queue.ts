/** Events that are due at an instant of the virtual clock. */
export interface EventQueue {
  readonly add: (due: number, act: () => void) => void;
  /** When the next event is due; undefined if the queue is empty. */
  readonly next: () => number | undefined;
  readonly take: () => (() => void) | undefined;
}

interface Item {
  readonly due: number;
  readonly act: () => void;
}

/** Ordered by time. Events that are due at the same time keep the order of insertion. */
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
