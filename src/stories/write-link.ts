import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordEvents } from '../audit/record-events.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { canonicalJson } from '../model/json.js';
import type { LinkArtifactInput, StoryLink } from '../model/story.js';
import { storyRole } from '../model/vocabulary.js';
import { linkRow } from './link-row.js';

const upsertLink = statement('stories/upsert-link.cypher', {
  params: z.object({
    storyId: z.string(),
    artifactId: z.string(),
    role: storyRole,
    linkKey: z.string(),
    primarySlot: z.string(),
    isPrimary: z.boolean(),
    position: z.number().int().nullable(),
    id: z.string(),
    now: z.number().int(),
  }),
  row: z.object({
    link: linkRow,
    created: z.boolean(),
    demoted: z.string().nullable(),
    wasPrimary: z.boolean(),
  }),
});

export interface WrittenLink {
  link: StoryLink;
  created: boolean;
}

/**
 * Links, promotes or demotes, with its audit event. The transaction holds the story's lock, and both ends exist.
 * @param now milliseconds since 1970 UTC
 */
export async function writeLink(
  tx: Transaction,
  { storyId, artifactId, role, isPrimary, position }: LinkArtifactInput,
  { actor, now }: { actor: string; now: number },
): Promise<WrittenLink> {
  const { link, created, demoted, wasPrimary } = await tx.one(upsertLink, {
    storyId,
    artifactId,
    role,
    linkKey: `${storyId}|${artifactId}|${role}`,
    primarySlot: `${storyId}|${role}`,
    isPrimary,
    position: position ?? null,
    id: randomUUID(),
    now,
  });
  await recordEvents(tx, [
    {
      at: now,
      actor,
      action: created ? 'story.linked' : 'story.link-updated',
      nodeLabel: 'Story',
      nodeId: storyId,
      before: canonicalJson({
        role,
        artifactId: created ? null : artifactId,
        isPrimary: wasPrimary,
        primary: demoted,
      }),
      after: canonicalJson({ role, artifactId, isPrimary, position: link.position }),
    },
  ]);
  return { link, created };
}
