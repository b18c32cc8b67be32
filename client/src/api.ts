import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './openapi.js';
import { problemOf } from './problem.js';
import { repeat, type Patience } from './repeat.js';

export interface ApiOptions {
  /** Of the service, such as `http://127.0.0.1:4000`. */
  url: string;
  /** Of the role `writer`, where the service asks for one. */
  token?: string | undefined;
  /** 60,000 by default. */
  patienceMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

type Schemas = components['schemas'];
export type Artifact = Schemas['Artifact'];
export type NewArtifact = Schemas['NewArtifactInput'];
export type Run = Schemas['Run'];
export type NewRun = Schemas['NewRunInput'];
export type RunWithParts = Schemas['RunWithParts'];
export type Step = Schemas['Step'];
export type NewStep = Schemas['NewStepInput'];
export type Story = Schemas['Story'];
export type NewStory = Schemas['NewStoryInput'];
export type RunStage = Schemas['RunArtifact']['stage'];
export type StoryRole = Schemas['StoryLink']['role'];

/** Every address of the service, with the types of /openapi.json. */
export type Api = Client<paths>;

/**
 * The whole REST interface. What is safe to send twice is repeated after a lost connection or a 503: reads, moves, which
 * compare and set, and whatever has an Idempotency-Key.
 */
export function createApi(options: ApiOptions): Api {
  const patience = patienceOf(options);
  return createClient<paths>({
    baseUrl: new URL(options.url).href,
    headers: accessHeaders(options),
    ...(options.signal ? { signal: options.signal } : {}),
    fetch: (request) =>
      isRepeatable(request) ? repeat(() => fetch(request.clone()), patience) : fetch(request),
  });
}

export function patienceOf({ patienceMs = 60_000, signal }: ApiOptions): Patience {
  return { patienceMs, signal };
}

export function accessHeaders({ token }: ApiOptions): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function isRepeatable({ method, headers }: Request): boolean {
  return ['GET', 'HEAD', 'PATCH'].includes(method) || headers.has('idempotency-key');
}

/** What was asked for. @throws Problem */
export async function answered<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<Exclude<T, undefined>> {
  const { data, error, response } = await call;
  if (!isGiven(data)) throw problemOf(response, error);
  return data;
}

function isGiven<T>(data: T): data is Exclude<T, undefined> {
  return data !== undefined;
}
