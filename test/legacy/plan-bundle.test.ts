import { emptyBundle, type LegacyBundle } from '../../src/legacy/legacy-bundle.js';
import type { LegacyRow } from '../../src/legacy/legacy-row.js';
import { planBundle, UnusableBundle } from '../../src/legacy/plan-bundle.js';
import type { SlotResult } from '../../src/legacy/plan-draft.js';
import { sha256 } from '../../src/model/digest.js';

const row = (values: LegacyRow['values']): LegacyRow => ({ values, damaged: [] });
const times = { created_at: '2025-09-01T08:00:00', stored_at: '2025-09-01T08:00:00' };

function bundleOf(parts: Partial<LegacyBundle>, story: LegacyRow['values'] = {}): LegacyBundle {
  const empty = emptyBundle('story', 'story-1', { rowName: '1', source: 'old.db' });
  return { ...empty, story: row({ story_id: 'story-1', ...times, ...story }), ...parts };
}

const plan = (bundle: LegacyBundle, media: Record<string, SlotResult> = {}) =>
  planBundle(bundle, 'digest', new Map(Object.entries(media)), 1);

function stored(digit: string, path: string, type: 'image' | 'audio' = 'image'): SlotResult {
  const content = { sha256: sha256.parse(digit.repeat(64)), sizeBytes: 3, mimeType: `${type}/x` };
  return {
    media: { kind: 'stored', content, facts: {}, type },
    identities: [`file:${path}`],
    files: [{ path, outcome: 'stored' }],
  };
}

const artifact = (id: string, values: LegacyRow['values'] = {}) =>
  row({ artifact_id: id, artifact_type: 'image', lifecycle_state: 'candidate', ...times, ...values });
const link = (id: string, artifactId: string, values: LegacyRow['values'] = {}) =>
  row({ link_id: id, artifact_id: artifactId, role: 'cover', is_primary: 1, ...times, ...values });
const relation = (id: string, from: string, to: string, type = 'derived_from') =>
  row({ relation_id: id, from_artifact_id: from, to_artifact_id: to, relation_type: type, ...times });

test('the same rows make the same plan', () => {
  const make = () =>
    plan(bundleOf({}, { story_text: 'Once', image_path: 'a.png' }), { cover: stored('a', 'a.png') });
  expect(make()).toEqual(make());
});

test('of two primaries the one updated last stays; the one that the story names wins over both', () => {
  const artifacts = [artifact('a'), artifact('b'), artifact('c')];
  const links = [link('1', 'a', { updated_at: '2025-09-02' }), link('2', 'b', { updated_at: '2025-09-03' })];
  const primaries = (story: LegacyRow['values']) =>
    plan(bundleOf({ artifacts, links }, story))
      .links.filter(({ isPrimary }) => isPrimary)
      .map(({ artifactId }) => artifactId);
  expect(primaries({})).toEqual(['b']);
  expect(primaries({ cover_artifact_id: 'c' })).toEqual(['c']);
  expect(plan(bundleOf({ artifacts, links })).problems.join()).toContain('more than one primary cover');
});

test('relations that cannot stand are left out and told; the others set the generations', () => {
  const artifacts = ['a', 'b', 'c'].map((id) => artifact(id));
  const relations = [
    relation('1', 'a', 'b'),
    relation('2', 'b', 'c', 'VARIANT_OF'),
    relation('3', 'c', 'a'),
    relation('4', 'a', 'a'),
    relation('5', 'a', 'b'),
    relation('6', 'a', 'elsewhere'),
    relation('7', 'a', 'c', 'painted_after'),
  ];
  const made = plan(bundleOf({ artifacts, relations }));
  expect(made.relations.map(({ id }) => id)).toEqual(['1', '2']);
  expect(made.artifacts.map(({ id, generation }) => [id, generation])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ]);
  expect(made.problems).toHaveLength(3);
});

test('a stated digest that is not the file’s keeps the word of the record and leaves the bytes out', () => {
  const artifacts = [artifact('a', { content_hash: 'B'.repeat(64), artifact_path: 'a.png' })];
  const made = plan(bundleOf({ artifacts }), { 'artifact:a': stored('a', 'a.png') });
  expect(made.artifacts[0]).toMatchObject({ contentHash: 'b'.repeat(64), content: null });
  expect(made.files).toMatchObject([{ path: 'a.png', outcome: 'contradictory' }]);
});

test('unknown words are told and get a stated value', () => {
  const artifacts = [artifact('a', { artifact_type: 'hologram', lifecycle_state: 'lost', metadata: '{' })];
  const runs = [row({ run_id: 'r', status: 'paused', workflow_type: 'puppet_show', ...times })];
  const links = [link('1', 'a', { role: 'poster' }), link('2', 'gone')];
  const made = plan(bundleOf({ artifacts, links, runs }, { story_type: 'opera' }));
  expect(made.artifacts[0]).toMatchObject({ type: 'json', lifecycleState: 'intermediate' });
  expect(made.runs[0]).toMatchObject({ status: 'failed', workflowType: 'image_to_story' });
  expect(made.links).toEqual([]);
  expect(made.problems).toHaveLength(7);
});

test('a file that an old artifact has is not taken for a second one', () => {
  const artifacts = [artifact('a', { artifact_path: 'a.png' })];
  const media = { 'artifact:a': stored('a', 'a.png'), cover: stored('a', 'a.png') };
  const made = plan(bundleOf({ artifacts, links: [link('1', 'a')] }, { image_path: 'a.png' }), media);
  expect(made.artifacts.map(({ id }) => id)).toEqual(['a']);
  expect(made.links).toMatchObject([{ artifactId: 'a', role: 'cover', isPrimary: true }]);
});

test('a styled cover is a variant of the cover, and the cover where there is no other', () => {
  const styled = { styled_cover: stored('c', 'c.png') };
  const both = plan(bundleOf({}, {}), { cover: stored('a', 'a.png'), ...styled });
  expect(both.relations).toMatchObject([{ type: 'VARIANT_OF' }]);
  expect(both.links.map(({ isPrimary }) => isPrimary)).toEqual([true, false]);
  expect(plan(bundleOf({}, {}), styled).links).toMatchObject([{ role: 'cover', isPrimary: true }]);
});

test('no time at all is recorded as 1970 and told, the raw value kept', () => {
  const made = plan(bundleOf({}, { created_at: 'yesterday', stored_at: '' }));
  expect(made.story).toMatchObject({
    createdAt: 0,
    storedAt: 0,
    fields: { unparsed: '{"created_at":"yesterday"}' },
  });
});

test.each([null, 'a|b', 'x'.repeat(201), 'line\nbreak'])('the id %p cannot be used', (id) => {
  expect(() => plan({ ...bundleOf({}), id })).toThrow(UnusableBundle);
});
