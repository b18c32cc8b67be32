import fc from 'fast-check';
import { planGenerations } from '../../src/model/generations.js';
import { cpuMs } from '../support/cpu-ms.js';

describe('generations of new artifacts', () => {
  it('are 0 without sources, else one more than the greatest of the sources, in any order', () => {
    const sourcesOf = new Map([
      ['c', ['b', 'a']],
      ['b', ['a', 'old']],
      ['a', []],
    ]);
    const plan = planGenerations(sourcesOf, () => 6);
    expect(plan).toEqual({
      generations: new Map([
        ['a', 0],
        ['b', 7],
        ['c', 8],
      ]),
    });
  });

  it('put every source before its products', () => {
    const plan = planGenerations(
      new Map([
        ['c', ['b']],
        ['b', ['a']],
        ['a', []],
      ]),
      () => 0,
    );
    expect('generations' in plan && [...plan.generations.keys()]).toEqual(['a', 'b', 'c']);
  });

  it.each([
    [[['a', ['a']]], ['a']],
    [
      [
        ['a', ['b']],
        ['b', ['a']],
      ],
      ['a', 'b'],
    ],
    [
      [
        ['x', ['a']],
        ['a', ['b']],
        ['b', ['c', 'old']],
        ['c', ['a']],
      ],
      ['a', 'b', 'c'],
    ],
  ] as [[string, string[]][], string[]][])('of %j do not exist: the cycle is told', (entries, cycle) => {
    expect(planGenerations(new Map(entries), () => 0)).toEqual({ cycle });
  });

  it('exist exactly for graphs without a cycle, and grow along every edge', () => {
    const graphs = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(graphs, (lists) => {
        const sourcesOf = new Map(
          lists.map((sources, n) => [String(n), sources.map((source) => String(source % lists.length))]),
        );
        const plan = planGenerations(sourcesOf, () => 0);
        if ('cycle' in plan) {
          for (const [position, id] of plan.cycle.entries()) {
            const next = plan.cycle[(position + 1) % plan.cycle.length] ?? '';
            expect(sourcesOf.get(id)).toContain(next);
          }
        } else {
          expect(plan.generations.size).toBe(sourcesOf.size);
          for (const [id, sources] of sourcesOf)
            for (const source of sources)
              expect(plan.generations.get(id)).toBeGreaterThan(plan.generations.get(source) ?? Infinity);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of one product with 10,000 new sources, and of a chain of 10,000, take no time', () => {
    const ids = Array.from({ length: 10_000 }, (_, n) => String(n));
    const wide = new Map<string, string[]>([
      ['product', ids],
      ...ids.map((id): [string, string[]] => [id, []]),
    ]);
    const deep = new Map(ids.map((id, n): [string, string[]] => [id, n === 9999 ? [] : [String(n + 1)]]));
    let plans: ReturnType<typeof planGenerations>[] = [];
    const spent = cpuMs(() => {
      plans = [planGenerations(wide, () => 0), planGenerations(deep, () => 0)];
    });
    expect(spent).toBeLessThan(1000);
    expect(plans.map((plan) => 'generations' in plan && Math.max(...plan.generations.values()))).toEqual([
      1, 9999,
    ]);
  });
});
