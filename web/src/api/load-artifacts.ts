import { ask } from './ask.js';
import type { Document } from './document.js';
import { CardsDocument, PayloadsDocument } from './operations.js';

interface Waiting<T> {
  resolve: (value: T | null) => void;
  reject: (error: unknown) => void;
}

/** Loads artifacts by id; what is wanted at the same moment is asked for together, at most a hundred at once. */
function gathered<T extends { id: string }>(
  document: Document<{ artifacts: T[] }, { ids: string[] }>,
): (id: string) => Promise<T | null> {
  let waiting = new Map<string, Waiting<T>[]>();
  const loadWaiting = async () => {
    const asked = [...waiting];
    waiting = new Map();
    for (let first = 0; first < asked.length; first += 100) {
      const some = asked.slice(first, first + 100);
      try {
        const { artifacts } = await ask(document, { ids: some.map(([id]) => id) });
        const found = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
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

/** What a card shows of an artifact. */
export const loadCard = gathered(CardsDocument);
const loadWithPayload = gathered(PayloadsDocument);
/** An artifact's inline payload; null where there is none. */
export const loadPayload = async (id: string) => (await loadWithPayload(id))?.payload ?? null;
