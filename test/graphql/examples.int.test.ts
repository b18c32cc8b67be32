import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { packageRoot } from '../../src/package-root.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { openGraphql, type TestGraphql } from './open-graphql.js';

const folder = join(packageRoot, 'examples');
const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));

let test: TestGraphql;
let variables: Record<string, unknown>;
beforeAll(async () => {
  test = await openGraphql();
  const contentHash = 'cd'.repeat(32);
  const source = await registerArtifact(test.ctx, { type: 'image', contentHash });
  const product = await registerArtifact(test.ctx, {
    type: 'image',
    sources: [{ artifactId: source.id, type: 'DERIVED_FROM' }],
  });
  const story = await registerStory(test.ctx, { title: 'The fox' });
  await linkArtifact(test.ctx, { storyId: story.id, artifactId: product.id, role: 'cover' });
  variables = {
    artifactId: product.id,
    otherId: source.id,
    fromArtifactId: source.id,
    toArtifactId: product.id,
    artifactIds: [source.id],
    contentHash,
    storyId: story.id,
    text: 'fox',
    sourceId: source.id,
  };
});
afterAll(() => test.close());

it.each(files)('examples/%s runs and brings something', async (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const used = Object.entries(variables).filter(([name]) => text.includes(`$${name}`));
  const { data, errors } = await test.ask(text, Object.fromEntries(used));
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data).length).toBeGreaterThan(60);
});
