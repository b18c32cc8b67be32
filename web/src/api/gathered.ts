interface Waiting<T> {
  resolve: (value: T | null) => void;
  reject: (error: unknown) => void;
}

/** Loads by id; what is wanted at the same moment is asked for together, at most a hundred at once. */
export function gathered<T>(
  load: (ids: string[]) => Promise<Map<string, T>>,
): (id: string) => Promise<T | null> {
  let waiting = new Map<string, Waiting<T>[]>();
  const loadWaiting = async () => {
    const asked = [...waiting];
    waiting = new Map();
    for (let first = 0; first < asked.length; first += 100) {
      const some = asked.slice(first, first + 100);
      try {
        const found = await load(some.map(([id]) => id));
        for (const [id, callers] of some) for (const { resolve } of callers) resolve(found.get(id) ?? null);
      } catch (error) {
        for (const [, callers] of some) for (const { reject } of callers) reject(error);
      }
    }
  };
  return (id) => {
    if (waiting.size === 0) setTimeout(() => void loadWaiting(), 10);
    return new Promise((resolve, reject) => {
      waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
    });
  };
}
