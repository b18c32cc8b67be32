import { z } from 'zod';
import { newestTriggers } from '../../src/db/guard.js';
import { readMigrations } from '../../src/db/migration-files.js';
import { lifecycleMoves, runMoves, stepMoves } from '../../src/model/transitions.js';
import * as vocabulary from '../../src/model/vocabulary.js';

const guard = newestTriggers(readMigrations())[0]?.statements[0] ?? '';

/** The list literals that the guard compares `what` with. */
function listsAfter(what: string): string[][] {
  const found = [...guard.matchAll(new RegExp(`${what} IN (\\[[^\\]]*\\])`, 'g'))];
  return found.map(([, list = '']) => z.array(z.string()).parse(JSON.parse(list.replaceAll("'", '"'))));
}

const moves = (allowed: Record<string, readonly string[]>) =>
  Object.entries(allowed).flatMap(([from, tos]) =>
    tos.filter((to) => to !== from).map((to) => `${from}>${to}`),
  );

describe('the guard knows the same words as the model', () => {
  it.each([
    ['a\\.type', vocabulary.artifactTypes],
    ['a\\.lifecycleState', vocabulary.lifecycleStates],
    ['r\\.workflowType', vocabulary.workflowTypes],
    ['r\\.status', vocabulary.runStatuses],
    ['s\\.status', vocabulary.stepStatuses],
    ['r\\.role', vocabulary.storyRoles],
    ['r\\.stage', vocabulary.runStages],
  ])('%s', (what, words) => {
    expect(listsAfter(what)).toEqual([[...words]]);
  });

  it('types of provenance', () => {
    expect(guard).toContain(
      `WITH [${vocabulary.relationTypes.map((type) => `'${type}'`).join(', ')}] AS provenance`,
    );
    const paths = [...guard.matchAll(/<-\[:([A-Z_|]+)\]-/g)].map(([, types]) => types?.split('|'));
    expect(paths).toEqual([[...vocabulary.relationTypes]]);
  });

  it('kinds of roles', () => {
    const kinds = Object.entries(vocabulary.typesOfRole).map(
      ([role, types]) => `${role}: [${types.map((type) => `'${type}'`).join(', ')}]`,
    );
    expect(guard).toContain(`{${kinds.join(', ')}} AS kinds`);
  });

  it('moves of artifacts, runs and steps', () => {
    const lists = listsAfter("'>' \\+ c\\.new").map((list) => [...list].sort());
    expect(lists).toEqual(
      [moves(lifecycleMoves), moves(runMoves), moves(stepMoves)].map((list) => list.sort()),
    );
  });
});
