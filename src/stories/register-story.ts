import { randomUUID } from 'node:crypto';
import type { Context } from '../context.js';
import { recordEvents } from '../audit/record-events.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import { Conflict } from '../errors.js';
import { parseInput } from '../model/parse-input.js';
import { registerStoryInput, type Story } from '../model/story.js';
import { writeStories } from './write-stories.js';

/**
 * Records a story, under the caller's id where one is given.
 * @throws Conflict `duplicate` for an id that exists
 */
export async function registerStory(ctx: Context, input: unknown): Promise<Story> {
  const { id, title } = parseInput(registerStoryInput, input);
  const now = ctx.clock().getTime();
  const story: Story = {
    id: id ?? randomUUID(),
    title: title ?? null,
    createdAt: now,
    storedAt: now,
    coverArtifactId: null,
    canonicalAudioId: null,
    canonicalVideoId: null,
    currentRunId: null,
  };
  return ctx.db.writeTogether(registration, { story, actor: ctx.actor });
}

const registration = new GroupedWrite<{ story: Story; actor: string }, Story>({
  locks: ({ story }) => ({ stories: [story.id] }),
  async run(tx, inputs, locked) {
    const accepted: { story: Story; actor: string }[] = [];
    const outcomes = inputs.map((input): Outcome<Story> => {
      const { id } = input.story;
      if (locked.stories.has(id))
        return { refused: new Conflict(`story ${id} exists already`, 'duplicate', { id }) };
      locked.stories.add(id);
      accepted.push(input);
      return { done: input.story };
    });
    if (accepted.length === 0) return outcomes;
    await writeStories(
      tx,
      accepted.map(({ story }) => story),
    );
    await recordEvents(
      tx,
      accepted.map(({ story, actor }) => ({
        actor,
        action: 'story.registered',
        nodeLabel: 'Story',
        nodeId: story.id,
        before: null,
        after: story.title,
      })),
    );
    return outcomes;
  },
});
