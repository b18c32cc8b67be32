import { typeStatement } from '../support/graph.js';
import type { Body, TestRest } from '../rest/open-rest.js';

/** What changes from one run to the next although the same was done. */
const accidental =
  /_at$|^(link_id|relation_id|external_id|story_id|session_id|run_id|step_id|artifact_id|created_by_step_id)$/;

/** Everything that belongs to the run of a key, in the same words for every run that did the same. */
export async function describeRun(rest: TestRest, key: string) {
  const found = await typeStatement(rest, 'MATCH (r:Run {externalId: $key}) RETURN r.id AS id', { key });
  expect(found).toHaveLength(1);
  const get = async (path: string) => (await rest.send('GET', path)).body;
  const { run, steps, artifacts, links } = (await get(
    `/artifacts/runs/${String(found[0]?.id)}`,
  )) as unknown as {
    run: Body;
    steps: Body[];
    artifacts: Body[];
    links: Body[];
  };
  const story = await get(`/stories/${run.story_id}`);
  const placed = (await rest.send('GET', `/artifacts/stories/${run.story_id}/artifacts`)).rows;
  const lineage = await get(`/artifacts/${String(story.canonical_audio_id)}/lineage`);
  const names = new Map([
    ...artifacts.map(({ artifact_id, description }) => [artifact_id, String(description)] as const),
    ...steps.map(({ step_id, step_name }) => [step_id, String(step_name)] as const),
    [run.run_id, 'the run'] as const,
  ]);
  const nameOf = (id: unknown) => names.get(String(id)) ?? 'something else';
  const plain = (value: Body) => withoutAccidents(value, names);
  return {
    run: plain(run),
    story: plain(story),
    steps: steps.map(plain),
    artifacts: artifacts
      .toSorted((a, b) => (String(a.description) < String(b.description) ? -1 : 1))
      .map((one) => ({ ...plain(one), made_by: nameOf(one.created_by_step_id) })),
    stages: links.map(({ artifact_id, stage }) => `${nameOf(artifact_id)}: ${String(stage)}`).sort(),
    places: placed.map((one) => ({ ...plain(one), artifact: nameOf(one.artifact_id) })),
    relations: (lineage.relations as Body[])
      .map(
        (one) => `${nameOf(one.to_artifact_id)} ${String(one.relation_type)} ${nameOf(one.from_artifact_id)}`,
      )
      .sort(),
  };
}

function withoutAccidents(value: Body, names: ReadonlyMap<string, string>): Record<string, unknown> {
  const named = (one: unknown): unknown => {
    if (typeof one === 'string') return names.get(one) ?? one;
    if (Array.isArray(one)) return one.map(named);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one)
        .filter(([field]) => !accidental.test(field))
        .map(([field, inner]) => [field, named(inner)]),
    );
  };
  return named(value) as Record<string, unknown>;
}
