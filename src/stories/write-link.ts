import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordEvents } from '../audit/record-events.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { InvalidInput } from '../errors.js';
import { canonicalJson } from '../model/json.js';
import { linkKey, primarySlot } from '../model/keys.js';
import { rowOf } from '../model/stored.js';
import { storyLinkEntity, type LinkArtifactInput, type StoryLink } from '../model/story.js';
import { typesOfRole, type ArtifactType, type StoryRole } from '../model/vocabulary.js';
import { keysOf, writeLinks } from './write-stories.js';

const linkRow = rowOf(storyLinkEntity).nullable();
const findLink = statement('stories/find-link.cypher', {
  params: z.object({ linkKey: z.string(), primarySlot: z.string() }),
  row: z.object({ link: linkRow, primary: linkRow }),
});
const setLink = statement('stories/set-link.cypher', {
  params: z.object({
    linkKey: z.string(),
    isPrimary: z.boolean(),
    primarySlot: z.string().nullable(),
    position: z.number().int().nullable(),
    updatedAt: z.number().int(),
  }),
  row: z.never(),
});

export interface WrittenLink {
  link: StoryLink;
  created: boolean;
}

/**
 * Why a role cannot be given to an artifact of this type, or null.
 * @returns InvalidInput naming the role
 */
export function refuseRole(role: StoryRole, artifactId: string, type: ArtifactType): InvalidInput | null {
  if (typesOfRole[role].includes(type)) return null;
  const message = `${role} takes ${typesOfRole[role].join(' or ')}; artifact ${artifactId} is ${type}`;
  return new InvalidInput(message, [{ path: 'role', message }]);
}

/**
 * Links, promotes or demotes, with its audit event. The transaction holds the story's lock, and both ends exist.
 * @param now milliseconds since 1970 UTC
 */
export async function writeLink(
  tx: Transaction,
  input: LinkArtifactInput,
  { actor, now }: { actor: string; now: number },
): Promise<WrittenLink> {
  const { storyId, artifactId, role, isPrimary, position } = input;
  const before = await tx.one(findLink, {
    linkKey: linkKey(input),
    primarySlot: primarySlot(storyId, role),
  });
  const demoted = isPrimary && before.primary?.id !== before.link?.id ? before.primary : null;
  // The old primary goes first: its slot is never held twice.
  if (demoted) await changeLink(tx, { ...demoted, isPrimary: false, updatedAt: now });
  const link: StoryLink = {
    id: before.link?.id ?? randomUUID(),
    storyId,
    artifactId,
    role,
    isPrimary,
    position: position ?? before.link?.position ?? null,
    createdAt: before.link?.createdAt ?? now,
    updatedAt: now,
  };
  if (before.link) await changeLink(tx, link);
  else await writeLinks(tx, [link]);
  await recordLink(tx, { before: before.link, link, demoted }, actor);
  return { link, created: !before.link };
}

function changeLink(tx: Transaction, link: StoryLink): Promise<void> {
  return tx.exec(setLink, { ...link, ...keysOf(link) });
}

function recordLink(
  tx: Transaction,
  { before, link, demoted }: { before: StoryLink | null; link: StoryLink; demoted: StoryLink | null },
  actor: string,
): Promise<void> {
  const { storyId, artifactId, role, isPrimary, position } = link;
  return recordEvents(tx, [
    {
      actor,
      action: before ? 'story.link-updated' : 'story.linked',
      nodeLabel: 'Story',
      nodeId: storyId,
      before: canonicalJson({
        role,
        artifactId: before?.artifactId ?? null,
        isPrimary: before?.isPrimary ?? false,
        primary: demoted?.artifactId ?? null,
      }),
      after: canonicalJson({ role, artifactId, isPrimary, position }),
    },
  ]);
}
