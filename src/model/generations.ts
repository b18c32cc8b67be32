/**
 * Generations of new artifacts: 0 without sources, else one more than the greatest of their sources.
 * @param sourcesOf new id → ids of its sources, new or existing
 * @param generationOf the generation of an existing id
 * @returns generations in an order in which every source comes before its products, or the ids of a cycle among the new
 */
export function planGenerations(
  sourcesOf: ReadonlyMap<string, readonly string[]>,
  generationOf: (existingId: string) => number,
): { generations: Map<string, number> } | { cycle: string[] } {
  const generations = new Map<string, number>();
  const known = (id: string) => generations.get(id) ?? generationOf(id);
  /** The way from a start to the artifact under work; each with the sources that are still to look at. */
  const open = new Map<string, Iterator<string>>();
  const enter = (id: string) => open.set(id, (sourcesOf.get(id) ?? []).values());
  for (const start of sourcesOf.keys()) {
    const stack = generations.has(start) ? [] : [start];
    if (stack.length > 0) enter(start);
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const next = nextPending(open.get(id), (source) => sourcesOf.has(source) && !generations.has(source));
      if (next === undefined) {
        generations.set(id, generationAbove(sourcesOf.get(id) ?? [], known));
        open.delete(id);
        stack.pop();
      } else if (open.has(next)) {
        return { cycle: [...open.keys()].slice([...open.keys()].indexOf(next)) };
      } else {
        enter(next);
        stack.push(next);
      }
    }
  }
  return { generations };
}

/** The next source without a generation; each is looked at once, so that many sources cost no more than their number. */
function nextPending(
  sources: Iterator<string> | undefined,
  isPending: (source: string) => boolean,
): string | undefined {
  for (let step = sources?.next(); step && !step.done; step = sources?.next()) {
    if (isPending(step.value)) return step.value;
  }
  return undefined;
}

/** The generation of an artifact: 0 without sources, else one more than the greatest of theirs. */
export const generationAbove = (sources: readonly string[], generationOf: (id: string) => number): number =>
  sources.reduce((most, id) => Math.max(most, 1 + generationOf(id)), 0);
