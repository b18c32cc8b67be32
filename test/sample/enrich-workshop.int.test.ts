import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getArtifact } from '../../src/artifacts/get-artifact.js';
import { enrichWorkshop } from '../../src/cli/enrich-workshop.js';
import { findBrokenInvariants } from '../../src/audit/find-broken-invariants.js';
import { importLegacy } from '../../src/legacy/import-legacy.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { traceLineage, type Lineage } from '../../src/lineage/trace-lineage.js';
import type { Artifact } from '../../src/model/artifact.js';
import { packageRoot } from '../../src/package-root.js';
import { getPrimaryArtifact } from '../../src/stories/get-primary-artifact.js';
import { getStory } from '../../src/stories/get-story.js';
import { openTestContext, type TestContext } from '../support/graph.js';

const lightningDog = '88764921-7f75-8987-a2e5-c272b124395f';
const buttonJar = '1268351f-3fa4-8fa4-a1e6-82a41fc126f6';

let test: TestContext;
let film: Lineage;
let around: Artifact[];

beforeAll(async () => {
  test = await openTestContext();
  const tables = await openLegacyTables(join(packageRoot, 'examples', 'workshop', 'legacy.db'));
  try {
    const summary = await importLegacy(test.ctx, tables, {});
    expect(summary).toMatchObject({ total: 12, failed: 0 });
  } finally {
    await tables.close();
  }
  await enrichWorkshop(test.ctx);
  const { id } = await getPrimaryArtifact(test.ctx, { storyId: lightningDog, role: 'final_video' });
  film = await traceLineage(test.ctx, { artifactId: id, direction: 'both' });
  around = await artifactsOf(film);
}, 300_000);
afterAll(() => test.close());

const artifactsOf = ({ nodes }: Lineage): Promise<Artifact[]> =>
  Promise.all(nodes.map(({ artifactId }) => getArtifact(test.ctx, artifactId)));
const described = (name: string) => around.find(({ description }) => description?.startsWith(name));

describe('the runs on top of the sample workshop', () => {
  it('make a film whose lineage goes at least six levels back to the drawing', () => {
    const upstream = film.nodes.filter(({ direction }) => direction === 'upstream');
    expect(Math.max(...upstream.map(({ depth }) => depth))).toBeGreaterThanOrEqual(6);
    expect(described('Cover')).toBeDefined();
    expect(new Set(film.edges.map(({ type }) => type))).toEqual(
      new Set(['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM']),
    );
  });

  it('put one take of a picture aside, and keep it in the lineage', () => {
    expect(described('Fishing for stars, first take')?.lifecycleState).toBe('archived');
  });

  it('share one voice among many readings', async () => {
    const voice = described('Voice sample');
    const below = await traceLineage(test.ctx, { artifactId: voice?.id, direction: 'downstream' });
    const spoken = (await artifactsOf(below)).filter(({ type }) => type === 'audio');
    expect(spoken.length).toBeGreaterThanOrEqual(8);
  });

  it('give the story without sound its first narration', async () => {
    const { canonicalAudioId } = await getStory(test.ctx, buttonJar);
    expect(canonicalAudioId).not.toBeNull();
  });

  it("hold what the README's first query asks for", async () => {
    const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
    const [, artifactId] = /lineage\(artifactId: "([0-9a-f-]+)", direction: DOWNSTREAM/.exec(readme) ?? [];
    const below = await traceLineage(test.ctx, { artifactId, direction: 'downstream', depth: 4 });
    expect(below.nodes.length).toBeGreaterThan(10);
  });

  it('change nothing when they are repeated', async () => {
    const before = await traceLineage(test.ctx, { artifactId: film.artifactId, direction: 'both' });
    await enrichWorkshop(test.ctx);
    const after = await traceLineage(test.ctx, { artifactId: film.artifactId, direction: 'both' });
    expect(after).toEqual(before);
  });

  it('leave a graph that keeps every rule', async () => {
    const mine = new Set(around.map(({ id }) => id));
    const broken = await findBrokenInvariants(test.ctx);
    expect(broken.filter(({ id }) => id !== null && mine.has(id))).toEqual([]);
  });
});
