import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { createAccess, type Access } from '../../src/http/access.js';
import { createApp, type AppOptions } from '../../src/http/app.js';
import { registerRest, type RestOptions } from '../../src/rest/register-rest.js';
import { openTestContext, type TestContext } from '../support/graph.js';

const noAccess = { tokensFile: undefined, jwksUrl: undefined, issuer: undefined, audience: undefined };
/** A machine that runs many tests is slow; deadlines have tests of their own. */
const unhurried = { readMs: 60_000, writeMs: 110_000 };
const openAccess: Access = createAccess(noAccess);

/** The fields that tests go on with; which of them an answer has, its schema says. */
export interface Body {
  artifact_id: string;
  artifact: Body;
  artifact_payload: unknown;
  lifecycle_state: string;
  created_at: string;
  cover_artifact_id: string | null;
  story_id: string;
  run_id: string;
  step_id: string;
  link_id: string;
  upload_id: string;
  ref: string;
  depth: number;
  ancestors: Body[];
  descendants: Body[];
  artifacts: Body[];
  errors: { path: string; message: string }[];
  path: string[];
  [field: string]: unknown;
}

export interface RestAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** A JSON object, held against its schema. */
  body: Body;
  /** A JSON array, the same. */
  rows: Body[];
}

export interface Sending {
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
}

export interface TestRest extends TestContext {
  app: FastifyInstance;
  url: string;
  /** `send('GET', '/artifacts/x')`, below /api/v1. */
  send(method: string, path: string, sending?: Sending): Promise<RestAnswer>;
}

/** The application on a real port, every answer held against what /openapi.json says of it. */
export async function openRest(
  options: Partial<AppOptions & RestOptions> = {},
  context?: TestContext,
): Promise<TestRest> {
  const graph = context ?? (await openTestContext());
  const app = createApp({ context: graph.ctx, access: openAccess, deadlines: unhurried, ...options });
  registerRest(app, { context: graph.ctx, ...options });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const check = checker((await (await fetch(`${url}/openapi.json`)).json()) as OpenApi);
  return {
    ...graph,
    app,
    url,
    async send(method, path, { json, raw, headers = {} } = {}) {
      const body = json === undefined ? raw : JSON.stringify(json);
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        redirect: 'manual',
        headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body }),
      });
      const text = await answer.text();
      const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '');
      const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : null;
      if (method !== 'HEAD') check(method, path, answer, parsed);
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        body: parsed as Body,
        rows: parsed as Body[],
      };
    },
    async close() {
      await app.close();
      if (!context) await graph.close();
    },
  };
}

interface OpenApi {
  components: { schemas: Record<string, object> };
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
}

/** Throws for a status, a media type or a body that /openapi.json does not have for the operation. */
function checker(openapi: OpenApi): (method: string, path: string, answer: Response, body: unknown) => void {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'openapi', ...openapi });
  const compiled = new Map<object, ValidateFunction>();
  const addresses = Object.keys(openapi.paths)
    .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}/?$`) }))
    .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  return (method, path, answer, body) => {
    const bare = `/api/v1${path.replace(/\?.*$/s, '')}`;
    const template = addresses.find(({ pattern }) => pattern.test(bare))?.template;
    const operation = template && openapi.paths[template]?.[method.toLowerCase()];
    if (!operation) {
      expect([404, 405]).toContain(answer.status);
      return;
    }
    const said = operation.responses[answer.status];
    if (!said)
      throw new Error(`${method} ${path}: ${answer.status} is not documented: ${JSON.stringify(body)}`);
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const content = said.content?.[type] ?? said.content?.['*/*'];
    if (body === null) return;
    if (!content) throw new Error(`${method} ${path}: ${answer.status} ${type} is not documented`);
    const text = JSON.stringify(content.schema).replaceAll('"#/components', '"openapi#/components');
    const validate = compiled.get(content.schema) ?? ajv.compile(JSON.parse(text) as object);
    compiled.set(content.schema, validate);
    if (!validate(body))
      throw new Error(`${method} ${path}: ${answer.status} differs: ${ajv.errorsText(validate.errors)}`);
  };
}
