import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { registerGraphql } from '../../src/graphql/register-graphql.js';
import { createAccess } from '../../src/http/access.js';
import { createApp } from '../../src/http/app.js';
import { openTestContext, type TestContext } from '../support/graph.js';

const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.looseObject({ code: z.string() }),
      }),
    )
    .optional(),
});
export type Answer = z.infer<typeof answer>;

export interface TestGraphql extends TestContext {
  url: string;
  /** Sends an operation over HTTP. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer & { status: number }>;
  /** Starts counting the statements that reach the database; the answer ends it and gives their number. */
  countStatements(): () => number;
}

/** The real service over HTTP on a free port. */
export async function openGraphql(
  auth: Partial<Parameters<typeof createAccess>[0]> = {},
  token?: string,
  limits: { maxRead?: number } = {},
): Promise<TestGraphql> {
  const test = await openTestContext();
  const none = { tokensFile: undefined, jwksUrl: undefined, issuer: undefined, audience: undefined };
  const deadlines = { readMs: 60_000, writeMs: 110_000 };
  const app = createApp({ context: test.ctx, access: createAccess({ ...none, ...auth }), deadlines });
  await registerGraphql(app, { ...test.ctx, ...limits });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/graphql`;
  return {
    ...test,
    url,
    async ask(query, variables = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...answer.parse(await response.json()) };
    },
    countStatements: () => countStatements(test),
    async close() {
      await app.close();
      await test.close();
    },
  };
}

/** What lies at a dotted path in an answer, undefined where there is nothing. */
export function at(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? new Map<string, unknown>(Object.entries(value)).get(key)
          : undefined,
      data,
    );
}

/** Counts at the two doors that statements pass: the driver's sessions, and its single statements. */
function countStatements({ ctx }: TestContext): () => number {
  const { driver } = ctx.db;
  const session = driver.session.bind(driver);
  const executeQuery = driver.executeQuery.bind(driver);
  let count = 0;
  driver.session = (config) => {
    count += 1;
    return session(config);
  };
  driver.executeQuery = (...args) => {
    count += 1;
    return executeQuery(...args);
  };
  return () => {
    Object.assign(driver, { session, executeQuery });
    return count;
  };
}
