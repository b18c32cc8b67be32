import { createHash } from 'node:crypto';
import { bundleOf, readBundle, type LegacyBundle } from '../../src/legacy/source/legacy-bundle.js';
import type { LegacyRow } from '../../src/legacy/source/legacy-row.js';
import { planBundle, UnusableBundle } from '../../src/legacy/plan/plan-bundle.js';
import type { SlotResult } from '../../src/legacy/media/read-media.js';
import { sha256 } from '../../src/model/digest.js';
import type { ArtifactType } from '../../src/model/vocabulary.js';

const row = (values: LegacyRow['values']): LegacyRow => ({ values, damaged: [] });
const times = { created_at: '2025-09-01T08:00:00', stored_at: '2025-09-01T08:00:00' };

function storyBundle(parts: Partial<LegacyBundle>, story: LegacyRow['values'] = {}): LegacyBundle {
  const first = { rowName: '1', row: row({ story_id: 'story-1', ...times, ...story }) };
  return { ...bundleOf('story', first, 'old.db'), ...parts };
}

const plan = (bundle: LegacyBundle, media: Record<string, SlotResult> = {}) =>
  planBundle(readBundle(bundle), new Map(Object.entries(media)), 1);

function stored(digit: string, path: string, type: ArtifactType | null = 'image') {
  const content = {
    sha256: sha256.parse(digit.repeat(64)),
    sizeBytes: 3,
    mimeType: `${type ?? 'application'}/x`,
  };
  return {
    media: { kind: 'stored', content, facts: {}, type, contradicts: false },
    identities: [`file:${path}`],
    files: [{ path, outcome: 'stored' }],
  } satisfies SlotResult;
}

const artifact = (id: string, values: LegacyRow['values'] = {}) =>
  row({ artifact_id: id, artifact_type: 'image', lifecycle_state: 'candidate', ...times, ...values });
const link = (id: string, artifactId: string, values: LegacyRow['values'] = {}) =>
  row({ link_id: id, artifact_id: artifactId, role: 'cover', is_primary: 1, ...times, ...values });
const relation = (id: string, from: string, to: string, type = 'derived_from') =>
  row({ relation_id: id, from_artifact_id: from, to_artifact_id: to, relation_type: type, ...times });

test('the same rows make the same plan', () => {
  const make = () =>
    plan(storyBundle({}, { story_text: 'Once', image_path: 'a.png' }), { cover: stored('a', 'a.png') });
  expect(make()).toEqual(make());
});

test('of two primaries the one updated last stays; the one that the story names wins over both', () => {
  const artifacts = [artifact('a'), artifact('b'), artifact('c')];
  const links = [link('1', 'a', { updated_at: '2025-09-02' }), link('2', 'b', { updated_at: '2025-09-03' })];
  const primaries = (story: LegacyRow['values']) =>
    plan(storyBundle({ artifacts, links }, story))
      .links.filter(({ isPrimary }) => isPrimary)
      .map(({ artifactId }) => artifactId);
  expect(primaries({})).toEqual(['b']);
  expect(primaries({ cover_artifact_id: 'c' })).toEqual(['c']);
  expect(plan(storyBundle({ artifacts, links })).problems.join()).toContain('more than one primary cover');
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
  const made = plan(storyBundle({ artifacts, relations }));
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
  const made = plan(storyBundle({ artifacts }), { 'artifact:a': stored('a', 'a.png') });
  expect(made.artifacts[0]).toMatchObject({ contentHash: 'b'.repeat(64), content: null });
  expect(made.files).toMatchObject([{ path: 'a.png', outcome: 'contradictory' }]);
});

test('unknown words are told and get a stated value', () => {
  const artifacts = [artifact('a', { artifact_type: 'hologram', lifecycle_state: 'lost', metadata: '{' })];
  const runs = [row({ run_id: 'r', status: 'paused', workflow_type: 'puppet_show', ...times })];
  const links = [link('1', 'a', { role: 'poster' }), link('2', 'gone')];
  const made = plan(storyBundle({ artifacts, links, runs }, { story_type: 'opera' }));
  expect(made.artifacts[0]).toMatchObject({ type: 'json', lifecycleState: 'intermediate' });
  expect(made.runs[0]).toMatchObject({ status: 'failed', workflowType: 'image_to_story' });
  expect(made.links).toEqual([]);
  expect(made.problems).toHaveLength(7);
});

test('a file that an old artifact has is not taken for a second one', () => {
  const artifacts = [artifact('a', { artifact_path: 'a.png' })];
  const media = { 'artifact:a': stored('a', 'a.png'), cover: stored('a', 'a.png') };
  const made = plan(storyBundle({ artifacts, links: [link('1', 'a')] }, { image_path: 'a.png' }), media);
  expect(made.artifacts.map(({ id }) => id)).toEqual(['a']);
  expect(made.links).toMatchObject([{ artifactId: 'a', role: 'cover', isPrimary: true }]);
});

test('a styled cover is a variant of the cover, and the cover where there is no other', () => {
  const styled = { styled_cover: stored('c', 'c.png') };
  const both = plan(storyBundle({}, {}), { cover: stored('a', 'a.png'), ...styled });
  expect(both.relations).toMatchObject([{ type: 'VARIANT_OF' }]);
  expect(both.links.map(({ isPrimary }) => isPrimary)).toEqual([true, false]);
  expect(plan(storyBundle({}, {}), styled).links).toMatchObject([{ role: 'cover', isPrimary: true }]);
});

test('no time at all is recorded as 1970 and told, the raw value kept', () => {
  const made = plan(storyBundle({}, { created_at: 'yesterday', stored_at: '' }));
  expect(made.story).toMatchObject({
    createdAt: 0,
    storedAt: 0,
    fields: { unparsed: '{"created_at":"yesterday"}' },
  });
});

test.each([null, 'a|b', 'x'.repeat(201), 'line\nbreak'])('the id %p cannot be used', (id) => {
  expect(() => plan({ ...storyBundle({}), id })).toThrow(UnusableBundle);
});

describe('a role takes its kind', () => {
  const told = (made: ReturnType<typeof plan>) => made.problems.filter((problem) => problem.includes('role'));

  test.each([
    ['cover', 'text'],
    ['cover', 'audio'],
    ['narration', 'image'],
    ['video', 'text'],
    ['scene:0', 'audio'],
  ] as const)('%s whose bytes are %s is kept as what it is, told, and not given the role', (slot, type) => {
    const found = stored('a', 'a.bin', type);
    const rows = storyBundle({}, { analysis: '{"scene_images": ["a.bin"]}' });
    const made = plan(rows, { [slot]: { ...found, media: { ...found.media, contradicts: true } } });
    expect(made.artifacts).toMatchObject([{ type, contentHash: 'a'.repeat(64) }]);
    expect(made.links).toEqual([]);
    expect(told(made)).toHaveLength(1);
  });

  test('bytes that no type names are kept without a role', () => {
    const found = stored('a', 'a.pdf', null);
    const made = plan(storyBundle({}), { cover: { ...found, media: { ...found.media, contradicts: true } } });
    expect(made.artifacts).toMatchObject([{ mimeType: 'application/x' }]);
    expect(made.links).toEqual([]);
    expect(told(made)).toHaveLength(1);
  });

  test('an old link or column that says otherwise is left out and told', () => {
    const artifacts = [artifact('a', { artifact_type: 'text' }), artifact('b', { artifact_type: 'json' })];
    const links = [
      link('1', 'a'),
      link('2', 'b', { role: 'story_text' }),
      link('3', 'b', { role: 'final_audio' }),
    ];
    const made = plan(storyBundle({ artifacts, links }, { canonical_video_id: 'a' }));
    expect(made.links).toMatchObject([{ artifactId: 'b', role: 'story_text' }]);
    expect(told(made)).toHaveLength(3);
  });

  test('an old artifact whose bytes are of another kind is recorded as what they are', () => {
    const found = stored('a', 'a.png', 'audio');
    const media = { 'artifact:a': { ...found, media: { ...found.media, contradicts: true } } };
    const made = plan(storyBundle({ artifacts: [artifact('a')], links: [link('1', 'a')] }), media);
    expect(made.artifacts).toMatchObject([{ id: 'a', type: 'audio' }]);
    expect(made.links).toEqual([]);
  });
});

describe('an inline payload', () => {
  const facts = (values: LegacyRow['values']) => {
    const made = plan(storyBundle({ artifacts: [artifact('a', values)] }));
    return { ...made.artifacts[0], problems: made.problems };
  };

  test('has the digest of its text, or of its canonical JSON', () => {
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(facts({ artifact_type: 'text', artifact_payload: 'héllo' }).contentHash).toBe(sha('héllo'));
    expect(facts({ artifact_type: 'json', artifact_payload: '{"b": 1.0, "a": [2]}' }).contentHash).toBe(
      sha('{"a":[2],"b":1}'),
    );
    const story = plan(storyBundle({}, { story_text: 'Once upon' })).artifacts[0];
    expect(story?.contentHash).toBe(sha('Once upon'));
    const other = facts({ artifact_type: 'text', artifact_payload: 'x', content_hash: 'c'.repeat(64) });
    expect(other).toMatchObject({
      contentHash: sha('x'),
      metadata: { custom: { legacy_content_hash: 'c'.repeat(64) } },
    });
    expect(other.problems).toHaveLength(1);
  });

  test.each(['{"a": NaN}', '{"a": [1, 2,]}', "{'a': 1}", '{"a": Infinity}', 'no JSON at all'])(
    'that should be JSON and is not is kept as text and told: %s',
    (text) => {
      const { payload, problems } = facts({ artifact_type: 'json', artifact_payload: text });
      expect(payload).toBe(text);
      expect(problems).toEqual([
        expect.stringMatching(/payload of artifact a is not JSON at line 1, column \d+/),
      ]);
    },
  );

  test('that is a text is one, whatever it begins with', () => {
    expect(facts({ artifact_type: 'text', artifact_payload: '[Music] Once' }).problems).toEqual([]);
  });
});

test.each([
  ['{"a": NaN}', /^analysis .* of the story is not JSON at line 1, column 7; it is kept as text$/],
  ['{"a": 1,\n}', /is not JSON at line 2, column 1/],
  ['{"__proto__": 1}', /__proto__/],
  ['"Be kind"', /is no JSON object or array/],
  ['[1e400, {"seed": 18446744073709551615}]', null],
])('a story’s column of JSON is kept as its text, and told where it is none: %s', (analysis, told) => {
  const { story, problems } = plan(storyBundle({}, { analysis }));
  expect(story?.fields).toMatchObject({ analysis });
  expect(problems).toEqual(told ? [expect.stringMatching(told)] : []);
});

test('digits of 64-bit numbers and keys given twice are kept or told, in whatever column', () => {
  const big = '{"seed": 18446744073709551615, "a": 1, "a": 2}';
  const runs = [
    row({ run_id: 'r', status: 'completed', workflow_type: 'image_to_story', result_summary: big, ...times }),
  ];
  const steps = [
    row({
      agent_step_id: 's',
      run_id: 'r',
      status: 'completed',
      step_name: `${'n'.repeat(199)}🐻`,
      input_data: big,
      output_data: big,
      step_order: '9007199254740993',
    }),
  ];
  const artifacts = [
    artifact('a', { metadata: big, file_size: '9007199254740993' }),
    artifact('b', { artifact_type: 'json', artifact_payload: big }),
  ];
  const relations = [
    { ...relation('1', 'a', 'b'), values: { ...relation('1', 'a', 'b').values, metadata: big } },
  ];
  const made = plan(storyBundle({ runs, steps, artifacts, relations }));
  const kept = { a: 2, seed: '18446744073709551615' };
  expect(made.runs[0]?.summary).toEqual(kept);
  expect(made.steps[0]).toMatchObject({ input: kept, output: kept, name: 'n'.repeat(199), order: 0 });
  expect(made.artifacts).toMatchObject([{ metadata: kept, sizeBytes: null }, { payload: kept }]);
  expect(made.relations[0]?.metadata).toEqual(kept);
  for (const what of [
    'input_data',
    'output_data',
    'result_summary',
    'metadata of artifact',
    'payload',
    'metadata of relation',
  ])
    expect(made.problems.filter((problem) => problem.includes(what))).toHaveLength(2);
  for (const what of ['step_order', 'file_size', 'step_name']) expect(made.problems.join()).toContain(what);
});

test('texts and JSON that no surface would take are cut, and told', () => {
  const long = 'x'.repeat(100_000);
  const { artifacts, steps, runs, problems } = plan(
    storyBundle({
      artifacts: [artifact('a', { created_by_agent: long, description: long })],
      runs: [row({ run_id: 'r', session_id: long, result_summary: `{"a":"${long}"}`, ...times })],
      steps: [
        row({
          agent_step_id: 's',
          run_id: 'r',
          step_name: long,
          error_message: long,
          output_data: long,
          ...times,
        }),
      ],
    }),
  );
  expect(artifacts.find(({ id }) => id === 'a')).toMatchObject({
    createdByAgent: 'x'.repeat(500),
    description: 'x'.repeat(20_000),
  });
  expect(steps.find(({ id }) => id === 's')?.error).toHaveLength(20_000);
  expect(runs.find(({ id }) => id === 'r')?.sessionId).toHaveLength(500);
  for (const kept of [steps.find(({ id }) => id === 's')?.output, runs.find(({ id }) => id === 'r')?.summary])
    expect(JSON.stringify(kept).length).toBeLessThan(65_536);
  expect(
    problems.filter((sentence) => /has 10\d+ characters; the first \d+ are kept/.test(sentence)),
  ).toHaveLength(7);
});
