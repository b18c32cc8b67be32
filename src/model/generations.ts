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
  const open = new Set<string>();
  for (const start of sourcesOf.keys()) {
    const stack = [start];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      if (generations.has(id)) {
        stack.pop();
        continue;
      }
      open.add(id);
      const sources = sourcesOf.get(id) ?? [];
      const unsettled = sources.filter((source) => sourcesOf.has(source) && !generations.has(source));
      const closing = unsettled.find((source) => open.has(source));
      if (closing !== undefined) return { cycle: [...open].slice([...open].indexOf(closing)) };
      const [next] = unsettled;
      if (next !== undefined) {
        stack.push(next);
        continue;
      }
      const greatest = sources.map((source) => generations.get(source) ?? generationOf(source));
      generations.set(
        id,
        greatest.reduce((most, generation) => Math.max(most, generation + 1), 0),
      );
      open.delete(id);
      stack.pop();
    }
  }
  return { generations };
}
