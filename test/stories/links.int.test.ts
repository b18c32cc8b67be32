import { getArtifact } from '../../src/artifacts/get-artifact.js';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { publishArtifact } from '../../src/stories/publish-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import type { Context } from '../../src/context.js';
import { getPrimaryArtifact } from '../../src/stories/get-primary-artifact.js';
import { getStory } from '../../src/stories/get-story.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { listStoryArtifacts } from '../../src/stories/list-story-artifacts.js';
import { registerStory } from '../../src/stories/register-story.js';
import { countTraces, listChanges } from '../support/events.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { openSecondInstance } from '../support/second-instance.js';

let test: TestContext;
let other: Context;
beforeAll(async () => {
  test = await openTestContext();
  other = openSecondInstance(test);
});
afterAll(async () => {
  await other.db.close();
  await test.close();
});

const instance = (n: number) => (n % 2 === 0 ? test.ctx : other);
const image = async () => (await registerArtifact(test.ctx, { type: 'image' })).id;
const story = async () => (await registerStory(test.ctx, { title: 'Bear' })).id;
const link = (input: Record<string, unknown>, ctx: Context = test.ctx) =>
  linkArtifact(ctx, { role: 'cover', ...input });

async function candidate(): Promise<string> {
  const id = await image();
  await moveArtifact(test.ctx, { id, to: 'candidate' });
  return id;
}

const primariesOf = async (storyId: string, role = 'cover') =>
  (await listStoryArtifacts(test.ctx, { storyId, role })).filter(({ isPrimary }) => isPrimary);

describe('a link', () => {
  it('gives an artifact a role; the same again updates the one link', async () => {
    const [storyId, artifactId] = [await story(), await image()];
    const first = await link({ storyId, artifactId, role: 'scene_image', isPrimary: false, position: 3 });
    expect(first).toMatchObject({
      created: true,
      link: { storyId, artifactId, isPrimary: false, position: 3 },
    });
    const again = await link({ storyId, artifactId, role: 'scene_image', isPrimary: true });
    expect(again).toMatchObject({
      created: false,
      link: { id: first.link.id, isPrimary: true, position: 3 },
    });
    await expect(listStoryArtifacts(test.ctx, { storyId })).resolves.toEqual([again.link]);
  });

  it('that becomes primary demotes the one before it; demoting it leaves the role without one', async () => {
    const [storyId, a, b] = [await story(), await image(), await image()];
    await link({ storyId, artifactId: a });
    await link({ storyId, artifactId: b });
    expect((await getStory(test.ctx, storyId)).coverArtifactId).toBe(b);
    expect((await getPrimaryArtifact(test.ctx, { storyId, role: 'cover' })).id).toBe(b);
    await link({ storyId, artifactId: b, isPrimary: false });
    expect((await getStory(test.ctx, storyId)).coverArtifactId).toBeNull();
    await expect(getPrimaryArtifact(test.ctx, { storyId, role: 'cover' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await listStoryArtifacts(test.ctx, { storyId })).toHaveLength(2);
    expect((await listChanges(test, storyId)).map((change) => change.split(' ')[0])).toEqual([
      'story.registered',
      'story.linked',
      'story.linked',
      'story.link-updated',
    ]);
  });

  it('of one artifact in several roles and stories is a link each', async () => {
    const [one, two, artifactId] = [await story(), await story(), await image()];
    await Promise.all([
      link({ storyId: one, artifactId }),
      link({ storyId: one, artifactId, role: 'scene_image' }),
      link({ storyId: two, artifactId }),
    ]);
    expect(await listStoryArtifacts(test.ctx, { storyId: one })).toHaveLength(2);
    expect(await primariesOf(two)).toHaveLength(1);
  });

  it('is refused for an unknown story, artifact and role, and leaves nothing', async () => {
    const [storyId, artifactId] = [await story(), await image()];
    const before = [await countTraces(test, storyId), await countTraces(test, artifactId)];
    await expect(link({ storyId: 'nobody', artifactId })).rejects.toMatchObject({
      code: 'not_found',
      entity: 'story',
    });
    await expect(link({ storyId, artifactId: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
      entity: 'artifact',
    });
    await expect(link({ storyId, artifactId, role: 'poster' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(link({ storyId, artifactId, position: -1 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect([await countTraces(test, storyId), await countTraces(test, artifactId)]).toEqual(before);
  });

  it('of equal upserts, sixteen at once on two instances, is one', async () => {
    const [storyId, artifactId] = [await story(), await image()];
    const written = await Promise.all(
      Array.from({ length: 16 }, (_, n) => link({ storyId, artifactId }, instance(n))),
    );
    expect(new Set(written.map(({ link: { id } }) => id)).size).toBe(1);
    expect(written.filter(({ created }) => created)).toHaveLength(1);
  });
});

describe('sixteen clients on two instances that promote different artifacts for one role', () => {
  it('leave exactly one primary at every read, meet no error and lose no link', async () => {
    const storyId = await story();
    const artifacts = await Promise.all(Array.from({ length: 16 }, image));
    await link({ storyId, artifactId: artifacts[0] });
    let done = false;
    const counts: number[] = [];
    const covers = new Set<string | null>();
    const reader = async () => {
      while (!done) {
        counts.push((await primariesOf(storyId)).length);
        covers.add((await getStory(test.ctx, storyId)).coverArtifactId);
        covers.add((await getPrimaryArtifact(test.ctx, { storyId, role: 'cover' })).id);
      }
    };
    const client = async (n: number) => {
      for (let round = 0; round < 12; round++) {
        const artifactId = artifacts[(n + round * 5) % artifacts.length];
        await link({ storyId, artifactId }, instance(n));
      }
    };
    const reading = Promise.all([reader(), reader(), reader(), reader()]);
    await Promise.all(artifacts.map((_, n) => client(n))).finally(() => (done = true));
    await reading;
    expect(counts.length).toBeGreaterThan(3);
    expect(new Set(counts)).toEqual(new Set([1]));
    expect(artifacts).toEqual(expect.arrayContaining([...covers]));
    const links = await listStoryArtifacts(test.ctx, { storyId });
    expect(links.map(({ artifactId }) => artifactId).sort()).toEqual([...artifacts].sort());
    expect(links.filter(({ isPrimary }) => isPrimary)).toHaveLength(1);
  });
});

describe('a role takes its kind', () => {
  it.each([
    ['cover', ['image'], ['audio', 'video', 'text', 'json']],
    ['scene_image', ['image'], ['audio', 'video', 'text', 'json']],
    ['final_audio', ['audio'], ['image', 'video', 'text', 'json']],
    ['final_video', ['video'], ['image', 'audio', 'text', 'json']],
    ['story_text', ['text', 'json'], ['image', 'audio', 'video']],
  ])('%s', async (role, taken, refused) => {
    const storyId = await story();
    for (const type of taken) {
      const { id: artifactId } = await registerArtifact(test.ctx, { type });
      expect((await link({ storyId, artifactId, role })).link.role).toBe(role);
    }
    for (const type of refused) {
      const { id } = await registerArtifact(test.ctx, { type });
      const refusal = { code: 'invalid_input', issues: [{ path: 'role' }] };
      await expect(link({ storyId, artifactId: id, role })).rejects.toMatchObject(refusal);
      await moveArtifact(test.ctx, { id, to: 'candidate' });
      await expect(publishArtifact(test.ctx, { id, storyId, role })).rejects.toMatchObject(refusal);
    }
  });
});

describe('a publication', () => {
  it('with a story and a role is one change: state and primary', async () => {
    const [storyId, before, id] = [await story(), await image(), await candidate()];
    await link({ storyId, artifactId: before, role: 'cover' });
    const published = await publishArtifact(test.ctx, { id, storyId, role: 'cover' });
    expect(published).toMatchObject({ id, lifecycleState: 'published' });
    expect((await getStory(test.ctx, storyId)).coverArtifactId).toBe(id);
    expect(await listStoryArtifacts(test.ctx, { storyId })).toHaveLength(2);
  });

  it('is refused as a whole when a part of it is', async () => {
    const [storyId, id, raw] = [await story(), await candidate(), await image()];
    const before = await countTraces(test, id);
    await expect(publishArtifact(test.ctx, { id, storyId: 'nobody', role: 'cover' })).rejects.toMatchObject({
      code: 'not_found',
      entity: 'story',
    });
    await expect(publishArtifact(test.ctx, { id, storyId })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'role' }],
    });
    await expect(publishArtifact(test.ctx, { id, role: 'cover' })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'storyId' }],
    });
    await expect(publishArtifact(test.ctx, { id: raw, storyId, role: 'cover' })).rejects.toMatchObject({
      code: 'illegal_transition',
    });
    await expect(publishArtifact(test.ctx, { id: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await countTraces(test, id)).toBe(before);
    expect((await getArtifact(test.ctx, id)).lifecycleState).toBe('candidate');
    await expect(listStoryArtifacts(test.ctx, { storyId })).resolves.toEqual([]);
  });

  it('racing an archiving: the answers and the final state agree', async () => {
    for (let round = 0; round < 12; round++) {
      const [storyId, id] = [await story(), await candidate()];
      const [publishing, archiving] = await Promise.allSettled([
        publishArtifact(instance(round), { id, storyId, role: 'cover' }),
        moveArtifact(instance(round + 1), { id, to: 'archived' }),
      ]);
      const { lifecycleState } = await getArtifact(test.ctx, id);
      const linked = (await primariesOf(storyId)).length === 1;
      // A publication that was answered stays linked, also when the archiving came after it.
      expect(linked).toBe(publishing.status === 'fulfilled');
      expect(lifecycleState).toBe(archiving.status === 'fulfilled' ? 'archived' : 'published');
      for (const outcome of [publishing, archiving])
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({
            code: expect.stringMatching(/^(conflict|illegal_transition)$/) as string,
          });
    }
  });
});

describe('a story', () => {
  it('keeps the id of its caller, which nobody else gets', async () => {
    const id = test.unique('story');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) => registerStory(instance(n), { id, title: `number ${n}` })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'duplicate' });
    const rows = await typeStatement(test, 'MATCH (s:Story {id: $id}) RETURN s.title AS title', { id });
    expect(rows).toHaveLength(1);
  });
});
