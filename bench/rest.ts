/**
 * REST from 16 clients over HTTP against plain driver code that makes one query, or one commit, for each: same server,
 * same guard, alternating rounds. The service runs in a process of its own, the clients in this one.
 *
 * The plain code is measured twice: behind routes of its own, in a process of its own, asked by the same clients; and
 * without any HTTP, in the clients' process with 16 sessions. Its reads are managed transactions as the driver's manual
 * has them; without HTTP, GET is also held against auto-commit queries, the cheapest that the driver has, which lose the
 * driver's retries.
 *
 *   npm run bench -- rest [rounds, 5] [--only NAME, its beginning] [--data-dir DIR]
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import Fastify from 'fastify';
import neo4j, { type Session } from 'neo4j-driver';
import { z } from 'zod';
import type { Database } from '../src/db/database.js';
import { median, timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';
import {
  measureOrServe,
  serveArtifactGraph,
  withServiceProcess,
  type Call,
  type Connection,
} from './support/service-process.js';

const clients = 16;
const graphSize = 20_000;

interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
}

async function measure(each: number, work: (client: number) => Promise<unknown>): Promise<Measured> {
  const times: number[] = [];
  const client = async (number: number) => {
    for (let n = 0; n < each; n++) times.push(await timed(() => work(number)));
  };
  const ms = await timed(() => Promise.all(Array.from({ length: clients }, (_, number) => client(number))));
  return { perSecond: (times.length * 1000) / ms, p50: median(times) };
}

async function fill(db: Database): Promise<string[]> {
  const ids = Array.from({ length: graphSize }, () => randomUUID());
  for (let from = 0; from < graphSize; from += 5000) {
    await db.driver.executeQuery(
      `UNWIND range(0, size($ids) - 1) AS n
       CREATE (:Artifact {id: $ids[n], type: 'image', lifecycleState: 'published', path: '/data/' + $ids[n],
         metadata: '{"height":512,"width":512}', mimeType: 'image/png', sizeBytes: 12345, safetyScore: 0.97,
         description: 'a picture of a dragon', generation: toInteger(0), storedAt: datetime(),
         createdAt: datetime({epochMillis: 1700000000000 + toInteger($from + n)})})`,
      { ids: ids.slice(from, from + 5000), from },
      { database: db.name },
    );
  }
  return ids;
}

const facts = {
  type: 'image',
  description: 'a hedgehog under a lamp',
  mimeType: 'image/png',
  sizeBytes: 48_213,
};
const plainWrite = `CREATE (a:Artifact {id: $id, type: $type, lifecycleState: 'intermediate', description: $description,
  mimeType: $mimeType, sizeBytes: $sizeBytes, generation: toInteger(0), createdAt: datetime(), storedAt: datetime()})`;
const plainGet = 'MATCH (a:Artifact {id: $id}) RETURN a';
const plainList = `MATCH (a:Artifact) WHERE a.lifecycleState = 'published' AND a.createdAt IS NOT NULL
  RETURN a ORDER BY a.lifecycleState DESC, a.createdAt DESC LIMIT 100`;

/** What somebody writes in an hour: a session and a transaction for each request. */
async function servePlain({ uri, user, password }: Connection): Promise<string> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  const app = Fastify();
  app.get('/artifacts/:id', async (request) => {
    const { id } = z.object({ id: z.string() }).parse(request.params);
    const session = driver.session();
    try {
      const { records } = await session.executeRead((tx) => tx.run(plainGet, { id }));
      return node.parse(records[0]?.get('a')).properties;
    } finally {
      await session.close();
    }
  });
  app.post('/artifacts', async (request, reply) => {
    const properties = { ...posted.parse(request.body), id: randomUUID() };
    const session = driver.session();
    try {
      await session.executeWrite((tx) => tx.run(plainWrite, properties));
      return reply.code(201).send(properties);
    } finally {
      await session.close();
    }
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}
const node = z.object({ properties: z.record(z.string(), z.unknown()) });
const posted = z.object({
  type: z.string(),
  description: z.string(),
  mimeType: z.string(),
  sizeBytes: z.number(),
});

interface Pair {
  name: string;
  each: number;
  plain: (session: Session) => Promise<unknown>;
  rest: () => Promise<unknown>;
  verdict: (plain: Measured, rest: Measured) => { value: number; text: string };
  target: string;
}

const faster = (plain: Measured, rest: Measured) => {
  const value = rest.perSecond / plain.perSecond;
  return {
    value,
    text: `${plain.perSecond.toFixed(0)}/s plain, ${rest.perSecond.toFixed(0)}/s REST: ${value.toFixed(2)}x`,
  };
};
const within = (plain: Measured, rest: Measured) => {
  const value = rest.p50 / (1.5 * plain.p50 + 3);
  return {
    value,
    text: `p50 ${plain.p50.toFixed(1)} ms plain, ${rest.p50.toFixed(1)} ms REST: ${value.toFixed(2)} of 1.5x + 3 ms`,
  };
};

function pairs(call: Call, callPlain: Call, ids: string[]): Pair[] {
  const anyId = () => ids[Math.floor(Math.random() * ids.length)] ?? '';
  const { type: artifact_type, mimeType: mime_type, sizeBytes: file_size, description } = facts;
  return [
    {
      name: 'GET artifact against plain routes',
      each: 500,
      plain: () => callPlain(`/artifacts/${anyId()}`),
      rest: () => call(`/api/v1/artifacts/${anyId()}`),
      verdict: faster,
      target: 'at least 3x',
    },
    {
      name: 'POST artifact against plain routes',
      each: 500,
      plain: () => callPlain('/artifacts', 'POST', facts),
      rest: () => call(`/api/v1/artifacts`, 'POST', { artifact_type, mime_type, file_size, description }),
      verdict: faster,
      target: 'at least 3x',
    },
    {
      name: 'GET artifact',
      each: 500,
      plain: (session) => session.executeRead((tx) => tx.run(plainGet, { id: anyId() })),
      rest: () => call(`/api/v1/artifacts/${anyId()}`),
      verdict: faster,
      target: 'at least 3x',
    },
    {
      name: 'GET artifact against auto-commit queries',
      each: 500,
      plain: (session) => session.run(plainGet, { id: anyId() }),
      rest: () => call(`/api/v1/artifacts/${anyId()}`),
      verdict: faster,
      target: 'at least 3x',
    },
    {
      name: 'POST artifact',
      each: 500,
      plain: (session) => session.executeWrite((tx) => tx.run(plainWrite, { ...facts, id: randomUUID() })),
      rest: () => call(`/api/v1/artifacts`, 'POST', { artifact_type, mime_type, file_size, description }),
      verdict: faster,
      target: 'at least 3x',
    },
    {
      name: 'list of 100',
      each: 25,
      plain: (session) => session.run(plainList),
      rest: () => call(`/api/v1/artifacts?limit=100`),
      verdict: within,
      target: 'at most 1',
    },
  ];
}

async function compare(
  db: Database,
  { name, each, plain, rest, verdict, target }: Pair,
  rounds: number,
): Promise<void> {
  const sessions = Array.from({ length: clients }, () => db.driver.session({ database: db.name }));
  const plainRound = () => measure(each, async (client) => sessions[client] && plain(sessions[client]));
  try {
    await Promise.all([plainRound(), measure(each, rest)]);
    const values: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const { value, text } = verdict(await plainRound(), await measure(each, rest));
      values.push(value);
      console.log(`${name}, round ${round}: ${text}`);
    }
    console.log(`${name}: median ${median(values).toFixed(2)} (target ${target})`);
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string', default: '' }, 'data-dir': { type: 'string' } },
    allowPositionals: true,
  });
  await withOwnNeo4j(async ({ db }, { folder, neo4j: server }) => {
    const ids = await fill(db);
    const at = { ...server, folder };
    await withServiceProcess('artifact-graph', at, clients, (call) =>
      withServiceProcess('plain', at, clients, async (callPlain) => {
        for (const pair of pairs(call, callPlain, ids)) {
          if (pair.name.startsWith(values.only)) await compare(db, pair, Number(positionals[0] ?? 5));
        }
      }),
    );
  });
}

await measureOrServe(main, { 'artifact-graph': serveArtifactGraph, plain: servePlain });
