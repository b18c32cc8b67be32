import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import type { LineageDocument } from '../../src/lineage/get-lineage-document.js';
import { toProvJson } from '../../src/lineage/to-prov-json.js';
import { packageRoot } from '../../src/package-root.js';
import { hostileTexts } from './hostile-names.js';
import { documentOf, givenDocuments, hostileDocument } from './lineage-documents.js';

/** What a reader has understood; names are whole, `urn:…`. */
interface Understood {
  elements: Record<string, string[]>;
  derivations: string[][];
  attributions: string[][];
}

const nameOf = (kind: 'artifact' | 'agent', id: string) => `urn:artifact-graph:${kind}:${id}`;
const sorted = (pairs: string[][]) => pairs.sort((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));

const entry = (kind: 'artifact' | 'agent', id: string, label: string | null): [string, string[]] => [
  nameOf(kind, id),
  label === null ? [] : [label],
];

/** What has to be understood of a lineage. */
function meaningOf({ lineage, artifacts }: LineageDocument): Understood {
  const all = [...artifacts.values()];
  const attributed = all.flatMap(({ id, createdByAgent }) =>
    createdByAgent === null ? [] : [[nameOf('artifact', id), createdByAgent] as const],
  );
  return {
    elements: Object.fromEntries<string[]>([
      ...all.map(({ id, description }) => entry('artifact', id, description)),
      ...attributed.map(([, label]) => entry('agent', label, label)),
    ]),
    derivations: sorted(
      lineage.edges.map((edge) => [nameOf('artifact', edge.productId), nameOf('artifact', edge.sourceId)]),
    ),
    attributions: sorted(attributed.map(([name, label]) => [name, nameOf('agent', label)])),
  };
}

const value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.strictObject({ $: z.string(), type: z.string() }),
]);
const records = z.record(z.string(), z.looseObject({}).pipe(z.record(z.string(), value))).default({});
/** The PROV-JSON submission, section 2, as far as a lineage uses it. */
const provJson = z.strictObject({
  prefix: z.record(z.string(), z.url()),
  ...{ entity: records, activity: records, agent: records },
  ...{ wasDerivedFrom: records, wasGeneratedBy: records, used: records, wasAttributedTo: records },
});

/** A reader of a few lines, on any machine: prefixes are written out, every name that is used must be declared. */
function readProv(text: string): Understood {
  const { prefix, ...kinds } = provJson.parse(JSON.parse(text));
  const whole = (name: unknown) => {
    const [, short = '', local = ''] = /^(\w+):(.*)$/.exec(String(name)) ?? [];
    return `${prefix[short]}${decodeURIComponent(local)}`;
  };
  const elements = Object.fromEntries(
    Object.entries({ ...kinds.entity, ...kinds.agent }).map(([name, facts]) => [
      whole(name),
      facts['prov:label'] === undefined ? [] : [z.string().parse(facts['prov:label'])],
    ]),
  );
  const ends = (of: typeof kinds.used, ...[first, second]: [string, string]) =>
    sorted(Object.values(of).map((facts) => [whole(facts[first]), whole(facts[second])]));
  const derivations = ends(kinds.wasDerivedFrom, 'prov:generatedEntity', 'prov:usedEntity');
  const attributions = ends(kinds.wasAttributedTo, 'prov:entity', 'prov:agent');
  for (const name of [...derivations, ...attributions].flat()) expect(elements).toHaveProperty([name]);
  return { elements, derivations, attributions };
}

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

  it.each(givenDocuments)('says a name letter by letter: %s', (_, document) => {
    expect(readProv(printProv(document))).toEqual(meaningOf(document));
  });

  it('says any name letter by letter, and every relation between the right two', () => {
    fc.assert(
      fc.property(hostileDocument, (document) => {
        expect(readProv(printProv(document))).toEqual(meaningOf(document));
      }),
    );
  });

  it('is understood by the prov package of Python, where that is', () => {
    const documents = [
      ...givenDocuments.map(([, document]) => document),
      ...fc.sample(hostileDocument, { numRuns: 100 }),
    ];
    if (!canRun('import prov')) {
      console.warn('Install the prov package of Python 3 (or set PYTHON) to have it read the documents.');
      return;
    }
    const texts = JSON.stringify(documents.map(printProv));
    const program = join(packageRoot, 'test', 'lineage', 'read-prov.py');
    const answer = execFileSync(python, [program], { input: texts, maxBuffer: 1 << 28 });
    const read = z.array(understood).parse(JSON.parse(answer.toString()));
    expect(read.map(decodedNames)).toEqual(documents.map(meaningOf));
  });
});

const printProv = (document: LineageDocument) => JSON.stringify(toProvJson(document));

const python = process.env.PYTHON ?? 'python3';
const understood = z.object({
  elements: z.record(z.string(), z.array(z.string())),
  derivations: z.array(z.array(z.string())),
  attributions: z.array(z.array(z.string())),
});

function decodedNames({ elements, derivations, attributions }: Understood): Understood {
  const decoded = (pairs: string[][]) => sorted(pairs.map((pair) => pair.map(decodeURIComponent)));
  return {
    elements: Object.fromEntries(
      Object.entries(elements).map(([name, labels]) => [decodeURIComponent(name), labels]),
    ),
    derivations: decoded(derivations),
    attributions: decoded(attributions),
  };
}

function canRun(lines: string): boolean {
  try {
    execFileSync(python, ['-c', lines], { stdio: 'ignore' });
    return true;
  } catch {
    // Python or the package is not there: that is the answer.
    return false;
  }
}
