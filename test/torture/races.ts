import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { digestOf } from '../../src/model/digest.js';
import type { CommandLine } from '../cli/run-command.js';
import { startServe, type ServeProcess } from '../service/serve-process.js';
import { Dice, type Torture } from './dice.js';

const artifact = z.looseObject({ artifact_id: z.string(), content_hash: z.string() });
const upload = z.looseObject({
  upload_id: z.string(),
  requests: z.array(
    z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) }),
  ),
});

/** Without any span, which careful people wait for: what is safe beside such a collection is safe beside all. */
const collect = ['content', 'gc', '--grace', '0', '--quarantine', '0', '--force'];

/**
 * Uploads, direct uploads, erasures, imports with their rollbacks and collections, all at once on one graph and one
 * store, in processes that are killed at any moment and started again.
 */
export class Races {
  /** Artifacts that somebody was told are recorded, by id, with the digest of their bytes. */
  readonly acknowledged = new Map<string, string>();
  /** Artifacts that somebody has begun to erase. */
  readonly erasing = new Set<string>();
  /** How often each thing was done, and how often each process was killed. */
  readonly done: Record<string, number> = {};
  readonly #dice: Dice;
  #until = 0;
  /** Few and small, so that all of it goes around the same bytes. */
  readonly #texts: string[];
  #service: ServeProcess | null = null;

  constructor(
    private readonly program: CommandLine,
    private readonly oldDatabase: string,
    private readonly torture: Torture,
  ) {
    const { seed } = torture;
    this.#dice = new Dice(seed);
    this.#texts = Array.from({ length: 12 }, (_, n) => `text ${n} of ${seed}: ${'x'.repeat(50 * n)}`);
  }

  async run(): Promise<void> {
    await this.#start();
    // A new database plans its first writes for many seconds.
    while (this.acknowledged.size === 0) await this.#upload(this.#dice);
    this.#until = performance.now() + this.torture.seconds * 1000;
    const actors = [
      ...Array.from({ length: 3 }, () => this.#upload),
      ...[this.#uploadDirectly, this.#erase, this.#importAndRollBack, this.#collectAll, this.#restart],
    ];
    await Promise.all(
      actors.map(async (act) => {
        const dice = this.#dice.split();
        while (performance.now() < this.#until) await act.call(this, dice);
      }),
    );
  }

  get url(): string {
    return this.#service?.url ?? 'http://127.0.0.1:1';
  }

  async end(): Promise<void> {
    await this.#service?.end('SIGTERM');
  }

  #count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }

  async #start(): Promise<void> {
    this.#service = await startServe(this.program, { LOG_LEVEL: 'silent' });
  }

  /** Null where the service was killed or refused: then nothing was promised. */
  async #send(path: string, init: RequestInit): Promise<unknown> {
    try {
      const answer = await fetch(this.url + path, init);
      const body: unknown = await answer.json();
      if (answer.status < 300) return body;
      if (answer.status >= 500 && answer.status !== 503) this.#count(`answer ${answer.status}`);
    } catch {
      // Killed while it was asked.
      await sleep(100);
    }
    return null;
  }

  #acknowledge(body: unknown, what: string): void {
    if (body === null) return;
    const { artifact_id, content_hash } = artifact.parse(body);
    this.acknowledged.set(artifact_id, content_hash);
    this.#count(what);
  }

  async #upload(dice: Dice): Promise<void> {
    const body = dice.pick(this.#texts) ?? '';
    const init = { method: 'POST', headers: { 'content-type': 'text/plain' }, body };
    this.#acknowledge(await this.#send('/api/v1/artifacts/content?artifact_type=text', init), 'uploaded');
    await sleep(dice.below(60));
  }

  async #uploadDirectly(dice: Dice): Promise<void> {
    const bytes = dice.pick(this.#texts) ?? '';
    const asked = { file_size: bytes.length, content_hash: digestOf(Buffer.from(bytes)) };
    const begun = await this.#send('/api/v1/artifacts/uploads', json(asked));
    if (begun === null) return;
    const { upload_id, requests } = upload.parse(begun);
    for (const { method, url, headers } of requests) {
      const { 'content-length': _, ...rest } = headers;
      // Refused where somebody else has put the same bytes meanwhile.
      await (await fetch(url, { method, headers: rest, body: bytes })).arrayBuffer();
    }
    await sleep(dice.below(300));
    const done = await this.#send(
      `/api/v1/artifacts/uploads/${upload_id}/complete`,
      json({ artifact_type: 'text' }),
    );
    this.#acknowledge(done, 'uploaded directly');
  }

  async #erase(dice: Dice): Promise<void> {
    await sleep(100 + dice.below(400));
    const id = dice.pick([...this.acknowledged.keys()]);
    if (id === undefined) return;
    this.erasing.add(id);
    const query = 'mutation ($ids: [ID!]) { erase(artifactIds: $ids, reason: "torture") { id } }';
    const answer = await this.#send('/graphql', json({ query, variables: { ids: [id] } }));
    if (answer !== null) this.#count('erased');
  }

  async #importAndRollBack(dice: Dice): Promise<void> {
    await this.#command(dice, 'import', ['legacy', 'import', this.oldDatabase, '--batch', '5', '--json']);
    if (dice.roll() < 0.5)
      await this.#command(dice, 'roll back', ['legacy', 'rollback', this.oldDatabase, '--yes', '--json']);
  }

  #collectAll(dice: Dice): Promise<void> {
    return this.#command(dice, 'collect', [...collect, '--json']);
  }

  /** Runs a command; every third is killed at some moment. */
  async #command(dice: Dice, name: string, args: readonly string[]): Promise<void> {
    const child = this.program.start(args);
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const ended = once(child, 'close');
    if (dice.roll() < 0.34) {
      await Promise.race([ended, sleep(500 + dice.below(3_000))]);
      if (child.exitCode === null) this.#count(`${name}: killed`);
      child.kill('SIGKILL');
    }
    await ended;
    await said;
    if (child.exitCode !== null) this.#count(`${name}: ${child.exitCode}`);
  }

  async #restart(dice: Dice): Promise<void> {
    await sleep(Math.min(3_000 + dice.below(5_000), Math.max(0, this.#until - performance.now())));
    await this.#service?.end('SIGKILL');
    this.#count('service: killed');
    await this.#start();
  }
}

function json(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** The JSON that a command prints. @throws Error with what it says instead */
async function told(program: CommandLine, ...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await program.run(...args, '--json');
  if (stdout === '') throw new Error(`${args.join(' ')}: ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

const collected = z.looseObject({ removed: z.number(), examined: z.number() });
const verified = z.object({ findings: z.array(z.looseObject({ rule: z.string(), detail: z.string() })) });

/** What is wrong when all is over: bytes that were promised and are not there, and bytes that nobody refers to. */
export async function findFaults(races: Races, program: CommandLine, oldDatabase: string): Promise<string[]> {
  const faults: string[] = [];
  for (const [id, sha256] of races.acknowledged) {
    if (races.erasing.has(id)) continue;
    const answer = await fetch(`${races.url}/api/v1/artifacts/${id}/content`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== 200 || digestOf(bytes) !== sha256)
      faults.push(`artifact ${id} of ${sha256}: ${answer.status}`);
  }
  // One that was killed is ended first: no collection runs beside an unfinished import.
  await told(program, 'legacy', 'import', oldDatabase);
  const validated = await program.run('legacy', 'validate', oldDatabase);
  if (validated.code !== 0) faults.push(`validate: ${validated.stdout}${validated.stderr}`);
  // The second looks behind the first: what was doomed a moment ago is removed by then.
  for (const last of [false, false, true]) {
    const report = collected.parse(await told(program, ...collect));
    if (last && report.removed > 0) faults.push(`${report.removed} objects outlived two collections`);
  }
  const { findings } = verified.parse(await told(program, 'verify', '--bytes'));
  return [...faults, ...findings.map((finding) => JSON.stringify(finding))];
}
