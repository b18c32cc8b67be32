import { z } from 'zod';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { NotFound } from '../errors.js';

const ids = z.array(z.string());
const ofArtifacts = z.object({ artifactIds: ids });
const besideStory = ofArtifacts.extend({ storyId: z.string() });
const ofOthers = z.object({ id: z.string(), storyId: z.string() });

const findOfStory = statement('erase/find-of-story.cypher', {
  params: z.object({ storyId: z.string() }),
  row: z.object({ runIds: ids, stepIds: ids, artifactIds: ids }),
});
const findKin = statement('erase/find-kin.cypher', {
  params: ofArtifacts,
  row: z.object({ id: z.string(), isSource: z.boolean() }),
});
const findOfOthers = statement('erase/find-of-others.cypher', { params: besideStory, row: ofOthers });
const findBehindOthers = statement('erase/find-behind-others.cypher', {
  params: besideStory.extend({ ownIds: ids }),
  row: ofOthers.extend({ storyId: z.string().nullable(), products: ids }),
});
const findMakers = statement('erase/find-makers.cypher', {
  params: ofArtifacts,
  row: z.object({ stepIds: ids, runIds: ids }),
});

/** The nodes that an erasure leaves empty. */
export interface Erased {
  stories: string[];
  runs: string[];
  steps: string[];
  artifacts: string[];
}

/** An artifact that stays, and the story that has it too. */
export interface KeptArtifact {
  id: string;
  storyId: string;
}

/**
 * All of a story: its runs and steps, the artifacts that it shows or that its runs recorded or made, what was made from
 * them, and what they were made from. What another story shows or made stays; so do sources that another story's
 * artifacts were made from too.
 * @throws NotFound
 */
export async function findOfStoryAlone(
  tx: Transaction,
  storyId: string,
): Promise<{ erased: Erased; kept: KeptArtifact[] }> {
  const found = await tx.maybeOne(findOfStory, { storyId });
  if (!found) throw new NotFound('story', storyId);
  const own = [...new Set(found.artifactIds)];
  const kin = await tx.many(findKin, { artifactIds: own });
  const sources = kin.filter(({ isSource }) => isSource).map(({ id }) => id);
  const all = [...own, ...kin.map(({ id }) => id)];
  const ofOthers = await tx.many(findOfOthers, { artifactIds: all, storyId });
  const behind = await tx.many(findBehindOthers, { artifactIds: sources, ownIds: own, storyId });
  const kept = keptBehind(behind, new Map(ofOthers.map((one) => [one.id, one.storyId])));
  const artifacts = all.filter((id) => !kept.has(id));
  const makers = await tx.one(findMakers, { artifactIds: artifacts });
  return {
    erased: {
      stories: [storyId],
      runs: [...new Set([...found.runIds, ...makers.runIds])],
      steps: [...new Set([...found.stepIds, ...makers.stepIds])],
      artifacts,
    },
    kept: [...kept].map(([id, other]) => ({ id, storyId: other })),
  };
}

/** Adds the sources of what is kept to it. */
function keptBehind(
  sources: readonly { id: string; storyId: string | null; products: string[] }[],
  kept: Map<string, string>,
): Map<string, string> {
  for (let size = -1; size < kept.size;) {
    size = kept.size;
    for (const { id, storyId, products } of sources) {
      const other = storyId ?? products.map((product) => kept.get(product)).find(Boolean);
      if (other !== undefined && !kept.has(id)) kept.set(id, other);
    }
  }
  return kept;
}

/** Artifacts alone, with the steps that made nothing else. */
export async function findWithMakers(tx: Transaction, artifactIds: readonly string[]): Promise<Erased> {
  const artifacts = [...new Set(artifactIds)];
  const { stepIds, runIds } = await tx.one(findMakers, { artifactIds: artifacts });
  return { stories: [], runs: runIds, steps: stepIds, artifacts };
}
