import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandLine } from '../cli/run-command.js';
import { fillWorkshop, Workshop } from '../legacy/workshop.js';
import { startSmallNeo4j } from '../support/small-neo4j.js';
import type { LocalNeo4j } from '../../src/local/local-neo4j.js';
import { tortureSettings } from './dice.js';
import { findFaults, Races } from './races.js';

/** A Neo4j of its own: all that is in it is held against all that is in the bucket. */
let dataDir: string;
let neo4j: LocalNeo4j;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'races-'));
  neo4j = await startSmallNeo4j(dataDir);
});
afterAll(async () => {
  await neo4j.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const torture = tortureSettings(15);

it(
  'keeps every acknowledged byte and no other, whatever is done at once and killed',
  async () => {
    const workshop = new Workshop();
    fillWorkshop(workshop, 20, `races-${torture.seed}-`);
    const program = CommandLine.inBucket(`races-${randomUUID()}`, dataDir, neo4j);
    const races = new Races(program, workshop.database, torture);
    await races.run();
    if (process.env.TORTURE_SECONDS) console.log(JSON.stringify({ ...torture, ...races.done }));
    const faults = await findFaults(races, program, workshop.database);
    await races.end();
    workshop.close();
    expect({ seed: torture.seed, faults }).toEqual({ seed: torture.seed, faults: [] });
  },
  (torture.seconds + 300) * 1000,
);
