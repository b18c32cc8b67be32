/**
 * Registers artifacts one by one from 16 clients at once, and does the same with plain driver code that commits each
 * one in a transaction of its own through 16 sessions: same server, same guard, alternating rounds. Every
 * registration is answered after its commit. The plain code writes no audit event; registering does.
 *
 *   npm run bench -- group-commit [rounds, 7] [--data-dir DIR]
 */
import { randomUUID } from 'node:crypto';
import { registerArtifact } from '../src/artifacts/register-artifact.js';
import type { Context } from '../src/context.js';
import { median, rate } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';

const rounds = Number(process.argv[2]?.match(/^\d+$/)?.[0] ?? 7);
const clients = 16;
const each = 50;
const facts = {
  type: 'image',
  description: 'a hedgehog under a lamp',
  mimeType: 'image/png',
  sizeBytes: 48_213,
};

const plainText = `CREATE (a:Artifact {id: $id, type: $type, lifecycleState: 'intermediate', description: $description,
  mimeType: $mimeType, sizeBytes: $sizeBytes, generation: toInteger(0), createdAt: datetime(), storedAt: datetime()})`;

async function measurePlain({ db }: Context): Promise<number> {
  const sessions = Array.from({ length: clients }, () => db.driver.session({ database: db.name }));
  const write = (client: number) =>
    sessions[client]?.executeWrite((tx) => tx.run(plainText, { ...facts, id: randomUUID() })) ??
    Promise.resolve();
  try {
    return await rate(clients, each, write);
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

await withOwnNeo4j(async (ctx) => {
  const grouped = () => rate(clients, each, () => registerArtifact(ctx, facts));
  await measurePlain(ctx);
  await grouped();
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const plain = await measurePlain(ctx);
    const together = await grouped();
    ratios.push(together / plain);
    console.log(
      `round ${round}: one commit each ${plain.toFixed(0)}/s, together ${together.toFixed(0)}/s, ${(together / plain).toFixed(2)}x`,
    );
  }
  console.log(`${clients} clients, median of ${rounds}: ${median(ratios).toFixed(2)}x (target 3x)`);
});
