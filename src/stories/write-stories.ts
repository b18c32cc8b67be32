import { z } from 'zod';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { linkKey, primarySlot } from '../model/keys.js';
import { columnsOf } from '../model/stored.js';
import { storyEntity, storyLinkEntity, type StoryLink, type StoryRecord } from '../model/story.js';

const insertStories = statement('stories/insert-stories.cypher', {
  params: z.object({ stories: columnsOf(storyEntity) }),
  row: z.never(),
});
const insertLinks = statement('stories/insert-links.cypher', {
  params: z.object({ links: columnsOf(storyLinkEntity) }),
  row: z.never(),
});

/*
 * The only statements that create stories and their links. Nothing is checked here, and no audit event written: the
 * callers hold the locks and know what happened.
 */

export async function writeStories(tx: Transaction, stories: readonly StoryRecord[]): Promise<void> {
  if (stories.length > 0) await tx.exec(insertStories, { stories });
}

/** Creates links that are not there yet; the roles of primary ones have no other primary. */
export async function writeLinks(tx: Transaction, links: readonly StoryLink[]): Promise<void> {
  if (links.length === 0) return;
  await tx.exec(insertLinks, { links: links.map((link) => ({ ...link, ...keysOf(link) })) });
}

export const keysOf = (link: Pick<StoryLink, 'storyId' | 'artifactId' | 'role' | 'isPrimary'>) => ({
  linkKey: linkKey(link),
  primarySlot: link.isPrimary ? primarySlot(link.storyId, link.role) : null,
});
