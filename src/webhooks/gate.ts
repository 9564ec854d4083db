/** Runs so many at once and lets the others wait their turn. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** A burst of deliveries must leave connections to the people who read: so many may hold one. */
export function createGate(width: number): Gate {
  const waiting: (() => void)[] = [];
  let free = width;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
