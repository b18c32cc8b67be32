import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';
import { hostileText } from '../lineage/hostile-names.js';
import type { Dice } from './dice.js';

export interface FuzzRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

type Schema = z.infer<typeof schema>;
const schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), schema).optional();
  },
  get items() {
    return schema.optional();
  },
  get anyOf() {
    return z.array(schema).optional();
  },
  get oneOf() {
    return z.array(schema).optional();
  },
});
const operation = z.looseObject({
  parameters: z
    .array(z.looseObject({ in: z.string(), name: z.string(), schema: schema.optional() }))
    .default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: schema.optional() })) })
    .optional(),
});
const openApi = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), schema).default({}) }).optional(),
});

const mediaFolder = join(packageRoot, 'test', 'content', 'media');
const media = readdirSync(mediaFolder)
  .filter((name) => !name.endsWith('.json'))
  .map((name) => readFileSync(join(mediaFolder, name)));
const mediaTypes = [
  'image/png',
  'image/svg+xml',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'video/mp4',
  'text/plain',
  'a',
];
const oddNumbers = [0, -1, 1, 2.5, 1e308, -0, 2 ** 31, 2 ** 53, 2 ** 63, 1000, 100_000];
const ranges = [
  'bytes=0-',
  'bytes=-1',
  'bytes=5-2',
  'bytes=0-0,2-3',
  'bytes=99999999999999999999-',
  'lines=1',
];

/** Documents that reach every part of the schema; `$id` and the others are given values of any kind. */
const documents = [
  'query ($id: ID!) { lineage(artifactId: $id) { totalCount nodes { depth artifact { id createdBy { run { id story { title } } } } } } }',
  'query ($id: ID!, $n: Int) { artifacts(where: { id: { eq: $id } }, limit: $n) { id derivedFrom { id } } }',
  'query ($n: Int, $s: String) { artifactsConnection(first: $n, after: $s) { totalCount edges { node { id } } } }',
  'query ($s: String!, $n: Int) { search(text: $s, first: $n) { __typename } }',
  'query ($s: String!) { whereIs(contentHash: $s) { id } }',
  'query ($id: ID!, $other: ID!) { lineagePath(fromArtifactId: $id, toArtifactId: $other) { id } }',
  'query ($id: ID!) { impact(artifactIds: [$id]) { totalCount stories { id } } }',
  'query ($id: ID!) { storyManifest(storyId: $id) { missingRoles } }',
  'query ($n: Int, $s: String) { auditEvents(first: $n, after: $s) { edges { cursor } } }',
  'query ($id: ID!, $other: ID!) { compareArtifacts(a: $id, b: $other) { __typename } }',
  'mutation ($s: String) { registerArtifact(input: { type: TEXT, payload: $s, description: $s }) { id } }',
  'mutation ($id: ID!, $other: ID!) { relateArtifacts(input: { productId: $id, sourceId: $other, type: VARIANT_OF }) { id } }',
  'mutation ($id: ID!) { moveArtifact(id: $id, to: CANDIDATE) { id } }',
  '{ __schema { types { name fields { name type { name ofType { name ofType { name } } } } } } }',
];

/** Requests to every address of /openapi.json and to GraphQL: right ones, odd ones, and mutated ones. */
export class FuzzRequests {
  /** What answers have told of; the newest take the place of the oldest. */
  readonly #ids: string[] = ['none'];
  readonly #operations: { method: string; path: string; told: z.infer<typeof operation> }[];
  readonly #schemas: Record<string, Schema>;

  constructor(openapi: unknown) {
    const { paths, components } = openApi.parse(openapi);
    this.#schemas = components?.schemas ?? {};
    this.#operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, told]) => ({ method: method.toUpperCase(), path, told })),
    );
  }

  remember(id: string): void {
    this.#ids.push(id);
    if (this.#ids.length > 200) this.#ids.shift();
  }

  next(dice: Dice): FuzzRequest {
    return dice.roll() < 0.2 ? this.#graphql(dice) : this.#rest(dice);
  }

  #rest(dice: Dice): FuzzRequest {
    const { method, path, told } = dice.pick(this.#operations) ?? {
      method: 'GET',
      path: '/',
      told: { parameters: [] },
    };
    const value = (of: Schema | undefined) => String(this.#plain(of, dice));
    const query = told.parameters
      .filter((parameter) => parameter.in === 'query' && dice.roll() < 0.5)
      .map(({ name, schema: of }) => `${encodeURIComponent(name)}=${encodeURIComponent(value(of))}`);
    const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(this.#id(dice)) || 'none');
    const headers: Record<string, string> = {
      ...(dice.roll() < 0.1 ? { range: dice.pick(ranges) ?? '' } : {}),
    };
    const types = Object.entries(told.requestBody?.content ?? {});
    if (types.length === 0) return { method, path: withQuery(filled, query), headers, body: undefined };
    const [[type, { schema: of }] = ['', { schema: undefined }]] = types;
    if (!type.includes('json')) {
      const kind = `artifact_type=${dice.pick(['image', 'audio', 'video', 'text', 'json'])}`;
      headers['content-type'] = dice.pick(mediaTypes) ?? 'a/b';
      return { method, path: withQuery(filled, [kind, ...query]), headers, body: this.#medium(dice) };
    }
    const text = JSON.stringify(this.#value(of, dice, 0)) ?? 'null';
    headers['content-type'] = 'application/json';
    return {
      method,
      path: withQuery(filled, query),
      headers,
      body: dice.roll() < 0.15 ? mutated(text, dice) : text,
    };
  }

  #graphql(dice: Dice): FuzzRequest {
    const document = dice.pick(documents) ?? '';
    const variables = {
      id: this.#id(dice),
      other: this.#id(dice),
      n: dice.pick(oddNumbers),
      s: oddText(dice),
    };
    const query = dice.roll() < 0.3 ? mutated(document, dice).toString() : document;
    const body = JSON.stringify({ query, variables });
    return { method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json' }, body };
  }

  #id(dice: Dice): string {
    return dice.roll() < 0.8 ? (dice.pick(this.#ids) ?? '') : oddText(dice);
  }

  #medium(dice: Dice): Buffer {
    let bytes = Buffer.from(dice.pick(media) ?? Buffer.alloc(0));
    if (dice.roll() < 0.3) bytes = bytes.subarray(0, dice.below(bytes.length + 1));
    const other = dice.pick(media) ?? bytes;
    if (dice.roll() < 0.2) bytes = Buffer.concat([bytes.subarray(0, dice.below(bytes.length + 1)), other]);
    for (let n = dice.below(20); n > 0 && bytes.length > 0; n--) {
      // The first bytes decide what a file is taken for, and sizes stand there.
      const at = dice.below(dice.roll() < 0.5 ? Math.min(200, bytes.length) : bytes.length);
      bytes.writeUInt8(dice.pick([0, 255, 127, 128, dice.below(256)]) ?? 0, at);
    }
    return bytes;
  }

  #plain(of: Schema | undefined, dice: Dice): unknown {
    const value = this.#value(of, dice, 4);
    return typeof value === 'object' ? JSON.stringify(value) : value;
  }

  /** What the schema asks for, mostly. */
  #value(given: Schema | undefined, dice: Dice, depth: number): unknown {
    if (!given || dice.roll() < 0.04) return oddValue(dice);
    const of = this.#resolve(given, dice);
    if (of.enum) return dice.pick(of.enum);
    if (of.const !== undefined) return of.const;
    switch (Array.isArray(of.type) ? dice.pick(of.type) : of.type) {
      case 'string':
        return dice.roll() < 0.5 ? this.#id(dice) : oddText(dice);
      case 'integer':
      case 'number':
        return dice.roll() < 0.7 ? dice.below(50) : dice.pick(oddNumbers);
      case 'boolean':
        return dice.roll() < 0.5;
      case 'array':
        return depth > 4
          ? []
          : Array.from({ length: dice.below(4) }, () => this.#value(of.items, dice, depth + 1));
      case 'object':
        return Object.fromEntries(
          Object.entries(of.properties ?? {})
            .filter(([name]) => dice.roll() < (of.required.includes(name) ? 0.97 : 0.3))
            .map(([name, property]) => [name, depth > 4 ? null : this.#value(property, dice, depth + 1)]),
        );
      default:
        return oddValue(dice);
    }
  }

  #resolve(of: Schema, dice: Dice): Schema {
    const name = typeof of.$ref === 'string' ? of.$ref.split('/').at(-1) : undefined;
    if (name !== undefined) return this.#schemas[name] ?? { required: [] };
    const choice = dice.pick([...(of.anyOf ?? []), ...(of.oneOf ?? [])]);
    return choice ? this.#resolve(choice, dice) : of;
  }
}

const withQuery = (path: string, query: string[]) => (query.length > 0 ? `${path}?${query.join('&')}` : path);

const oddText = (dice: Dice) => fc.sample(hostileText, { numRuns: 1, seed: dice.below(2 ** 31) })[0] ?? '';
const anyJson = fc.jsonValue({ maxDepth: 3 });
const oddValue = (dice: Dice) => fc.sample(anyJson, { numRuns: 1, seed: dice.below(2 ** 31) })[0];

/** The text with some bytes changed, gone or doubled. */
function mutated(text: string, dice: Dice): Buffer {
  let bytes = Buffer.from(text);
  for (let n = 1 + dice.below(4); n > 0 && bytes.length > 0; n--) {
    const [from, to] = [dice.below(bytes.length), dice.below(bytes.length + 1)];
    if (dice.roll() < 0.4) bytes.writeUInt8(dice.below(256), from);
    else bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  }
  return bytes;
}
