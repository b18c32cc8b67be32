import type { Artifact } from '../../src/model/artifact.js';
import type { LineageDocument } from '../../src/lineage/get-lineage-document.js';
import { printDot, printMermaid } from '../../src/lineage/print-graph.js';
import { toProvJson } from '../../src/lineage/to-prov-json.js';
import { hostileTexts } from './hostile-names.js';

const plain: Artifact = {
  ...{ id: 'a', type: 'image', lifecycleState: 'published', contentHash: null, path: null, url: null },
  ...{ payload: null, metadata: null, mimeType: null, sizeBytes: null, description: null, safetyScore: null },
  ...{ createdByAgent: null, createdByStepId: null, externalId: null },
  ...{ generation: 0, createdAt: 0, storedAt: 0 },
};

function documentOf(artifacts: Partial<Artifact>[], edges = 0): LineageDocument {
  const all = artifacts.map((facts, index): Artifact => ({ ...plain, id: `a${index}`, ...facts }));
  return {
    lineage: {
      artifactId: all[0]?.id ?? '',
      nodes: [],
      edges: Array.from({ length: edges }, (_, index) => ({
        ...{ id: `r${index}`, productId: 'a0', sourceId: 'a1', type: 'DERIVED_FROM' as const },
        ...{ metadata: null, createdAt: 0 },
      })),
      totalCount: all.length,
      truncated: false,
    },
    artifacts: new Map(all.map((artifact) => [artifact.id, artifact])),
    origins: [],
  };
}

describe('Mermaid', () => {
  it.each(hostileTexts)('has no sign of its own left in a label: %s', (description) => {
    const [, node = ''] = printMermaid(documentOf([{ description }])).split('\n');
    expect(node).toMatch(
      /^ {2}a0\["(?:[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\u200d ]|#\d+;|<wbr>|<br\/>)*"\]$/u,
    );
    const spelled = node
      .replaceAll('<wbr>', '')
      .replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    expect(spelled).toContain(description);
    expect(node).not.toMatch(/#(36|58);(?!<wbr>)/);
  });

  it('says in the text when it is more than renderers draw', () => {
    const many = printMermaid(documentOf([{}, {}], 501));
    expect(many).toMatch(/^%% 501 edges, .*--limit.*\nflowchart LR\n/);
    expect(printMermaid(documentOf([{}, {}], 500))).toMatch(/^flowchart LR\n/);
    const long = printMermaid(
      documentOf(Array.from({ length: 900 }, () => ({ description: '('.repeat(40) }))),
    );
    expect(long).toMatch(/^%% 0 edges/);
  });
});

describe('Graphviz', () => {
  it.each([...hostileTexts, '\u202egnp.exe'])('gets a label letter by letter: %s', (description) => {
    const label = /label="([^"]*)\\n/.exec(printDot(documentOf([{ description }])))?.[1] ?? '';
    expect(label).not.toMatch(/[\\<>\u202e]|&(?!#\d+;)/);
    const spelled = label.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    expect(spelled).toContain(description);
  });
});

describe('PROV-JSON', () => {
  /** PN_LOCAL of PROV-N, section 3.7.1, in ASCII as far as we use it. */
  const qualifiedName =
    /^\w+:(?:[A-Za-z0-9_]|%[\dA-F]{2})(?:(?:[A-Za-z0-9_.-]|%[\dA-F]{2})*(?:[A-Za-z0-9_-]|%[\dA-F]{2}))?$/;

  it.each([...hostileTexts, "it's (an) id!*.", '-a', '.', 'a b', '~'])(
    'names an id as PROV-N can: %s',
    (id) => {
      const { entity = {}, agent = {} } = toProvJson(documentOf([{ id, createdByAgent: id }]));
      for (const name of [...Object.keys(entity), ...Object.keys(agent)]) expect(name).toMatch(qualifiedName);
      expect(decodeURIComponent(Object.keys(entity)[0] ?? '')).toBe(`artifact:${id}`);
    },
  );

  it('types a number by its field, not by its value', () => {
    const { entity = {} } = toProvJson(
      documentOf([
        { sizeBytes: 2 ** 40, safetyScore: 1, url: 'https://example.org/a b' },
        { sizeBytes: 0, safetyScore: 0.5 },
      ]),
    );
    expect(entity['artifact:a0']).toMatchObject({
      'graph:sizeBytes': { $: '1099511627776', type: 'xsd:long' },
      'graph:safetyScore': { $: '1', type: 'xsd:double' },
      'prov:location': { $: 'https://example.org/a b', type: 'xsd:anyURI' },
    });
    expect(entity['artifact:a1']).toMatchObject({
      'graph:sizeBytes': { $: '0', type: 'xsd:long' },
      'graph:safetyScore': { $: '0.5', type: 'xsd:double' },
    });
  });

  it('keeps the name of a step as its label', () => {
    const step = { id: 's', name: 'cut the sound', model: null, startedAt: null, completedAt: null };
    const { activity } = toProvJson({
      ...documentOf([{}]),
      origins: [{ step, run: null, made: [], used: [] }],
    });
    expect(activity).toEqual({ 'step:s': { 'prov:label': 'cut the sound' } });
  });
});
