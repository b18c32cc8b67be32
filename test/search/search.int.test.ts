import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { searchGraph } from '../../src/search/search-graph.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { openTestContext, type TestContext } from '../support/graph.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

/** A word that no other test uses. */
const newWord = () => `q${randomUUID().replaceAll('-', '')}`;
const find = async (text: string) => (await searchGraph(test.ctx, { text })).hits.map(({ id }) => id);

describe('search', () => {
  it('finds titles and descriptions by words, beginnings and parts, in any case', async () => {
    const word = newWord();
    const story = await registerStory(test.ctx, { title: `The Moon ${word}` });
    const artifact = await registerArtifact(test.ctx, { type: 'image', description: `a moonlit ${word}` });
    expect(await find(`MOON ${word}`)).toEqual([story.id, artifact.id]);
    expect(await find(`moonl ${word}`)).toEqual([artifact.id]);
    expect(await find(`onli ${word}`)).toEqual([artifact.id]);
    expect(await find(`the moon ${word.slice(0, 12)}`)).toEqual([story.id, artifact.id]);
    expect(await find(`sun ${word}`)).toEqual([]);
  });

  it('finds letters and digits inside words and numbers', async () => {
    const word = newWord();
    const made = async (description: string) =>
      (await registerArtifact(test.ctx, { type: 'image', description: `${description} ${word}` })).id;
    const ids = [await made('3dmoonlight'), await made('scene_03_moonlight'), await made('take20261128b')];
    const texts = ['moonl', 'onlight', '3_moon', '1128b', '611'];
    const found = await Promise.all(texts.map((text) => find(`${text} ${word}`)));
    const [glow, scene, take] = ids;
    expect(found.map((list) => list.toSorted())).toEqual(
      [[glow, scene], [glow, scene], [scene], [take], [take]].map((list) => list.toSorted()),
    );
  });

  it('ignores accents on both sides', async () => {
    const word = newWord();
    const { id } = await registerStory(test.ctx, { title: `Café für Bjørn ${word}` });
    for (const text of [
      'cafe',
      'CAFÉ',
      'ｃａｆｅ',
      'für',
      'fur',
      'bjø',
      'bjor',
      'Café für Bjørn',
      'ｃａｆｅ bjo',
    ])
      expect(await find(`${text} ${word}`)).toEqual([id]);
  });

  it('finds Chinese and Japanese in the middle of a title, and not the characters in another order', async () => {
    const word = newWord();
    const moon = await registerStory(test.ctx, { title: `小熊在月亮上 ${word}` });
    const cat = await registerStory(test.ctx, { title: `お月さまのネコ ${word}` });
    expect(await find(`月亮 ${word}`)).toEqual([moon.id]);
    expect(await find(`亮月 ${word}`)).toEqual([]);
    expect(await find(`月さま ${word}`)).toEqual([cat.id]);
    expect(await find(`ネコ ${word}`)).toEqual([cat.id]);
  });

  it('finds by id, by the beginning of an id and by external id', async () => {
    const externalId = `job:${newWord()}.png`;
    const { id } = await registerArtifact(test.ctx, { type: 'image', externalId });
    for (const text of [
      ...[36, 8, 11, 13, 20].map((length) => id.slice(0, length)),
      externalId,
      externalId.slice(0, 20),
    ])
      expect(await find(text)).toContain(id);
    expect((await find(id))[0]).toBe(id);
  });

  it('finds what an agent and what a step made, and the run of a step that made nothing', async () => {
    const agent = newWord();
    const name = `vision_${newWord()}`;
    const run = await startRun(test.ctx, { workflowType: 'kids_daily' });
    const step = await startStep(test.ctx, { runId: run.id, name, order: 1 });
    expect(await find(name)).toEqual([run.id]);
    const made = await registerArtifact(test.ctx, {
      type: 'image',
      createdByStepId: step.id,
      createdByAgent: agent,
    });
    expect(await find(agent)).toEqual([made.id]);
    expect(await find(name.slice('vision_'.length))).toEqual([made.id]);
  });

  it('says the kind, the state, and the story that shows an artifact', async () => {
    const word = newWord();
    const story = await registerStory(test.ctx, { title: 'Bear' });
    const { id } = await registerArtifact(test.ctx, { type: 'image', description: word });
    await linkArtifact(test.ctx, { storyId: story.id, artifactId: id, role: 'cover' });
    expect((await searchGraph(test.ctx, { text: word })).hits).toMatchObject([
      {
        kind: 'artifact',
        id,
        label: word,
        type: 'image',
        state: 'intermediate',
        storyId: story.id,
        storyTitle: 'Bear',
      },
    ]);
  });

  it('says when there is more', async () => {
    const word = newWord();
    for (const n of [1, 2, 3]) await registerStory(test.ctx, { title: `${word} ${n}` });
    expect(await searchGraph(test.ctx, { text: word, limit: 2 })).toMatchObject({
      hits: { length: 2 },
      truncated: true,
    });
    expect(await searchGraph(test.ctx, { text: word, limit: 3 })).toMatchObject({
      hits: { length: 3 },
      truncated: false,
    });
  });

  it('takes nothing for syntax, whatever is typed', async () => {
    const word = newWord();
    const { id } = await registerStory(test.ctx, { title: word });
    for (const text of [
      `"${word}`,
      `${word} AND`,
      `+${word} -x*`.slice(0, -4),
      `(${word}`,
      `${word}~`,
      `[${word} TO`,
      `title:${word}`,
      'a'.repeat(200),
      'ab'.repeat(100),
    ])
      await searchGraph(test.ctx, { text });
    expect(await find(`"${word}"~`)).toEqual([id]);
    expect(await find(`-(${word})`)).toEqual([id]);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 30, unit: 'binary' }),
          fc.string({ maxLength: 30, unit: fc.constantFrom(...'+-&|!(){}[]^"~*?:\\/ aORNT\u0000<>=.\'') }),
        ),
        async (text) => void (await searchGraph(test.ctx, { text })),
      ),
      { numRuns: 200 },
    );
  });

  it('refuses a text that is too long', async () => {
    await expect(searchGraph(test.ctx, { text: 'x '.repeat(17) })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(searchGraph(test.ctx, { text: 'x'.repeat(201) })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
