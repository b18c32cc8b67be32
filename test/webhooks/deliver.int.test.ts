import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Webhook } from 'standardwebhooks';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { listEvents } from '../../src/audit/list-events.js';
import type { Context } from '../../src/context.js';
import { packageRoot } from '../../src/package-root.js';
import { listDeadLetters, resendDeadLetters } from '../../src/webhooks/dead-letters.js';
import { Delivery, type Schedule } from '../../src/webhooks/deliver.js';
import { enableWebhook, getWebhook, registerWebhook, removeWebhook } from '../../src/webhooks/webhook.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { openSecondInstance } from '../support/second-instance.js';
import { quick, shortLease } from './schedules.js';
import { startReceiver, type Answering, type TestReceiver } from './test-receiver.js';

const settings = { privateAddresses: true };

let test: TestContext;
/** Everything of one test, in the order in which it is left. */
let leaving: (() => Promise<void>)[] = [];
beforeAll(async () => {
  test = await openTestContext();
});
afterEach(async () => {
  for (const leave of leaving.reverse()) await leave();
  leaving = [];
});
afterAll(() => test.close());

async function receiverOf(answer?: Answering, port?: number): Promise<TestReceiver> {
  const receiver = await startReceiver(answer, port);
  leaving.push(() => receiver.close());
  return receiver;
}

async function subscribe(url: string, actor: string) {
  const webhook = await registerWebhook(test.ctx, { url, actor }, settings);
  leaving.push(() => removeWebhook(test.ctx, webhook.id));
  return webhook;
}

function deliver(schedule: Schedule = quick, ctx: Context = test.ctx): Delivery {
  const delivery = new Delivery(ctx, settings, schedule);
  delivery.start();
  leaving.push(() => delivery.stop());
  return delivery;
}

/** Three changes each of so many artifacts. @returns their ids */
async function change(actor: string, artifacts: number): Promise<string[]> {
  const ctx = { ...test.ctx, actor };
  const one = async () => {
    const { id } = await registerArtifact(ctx, { type: 'image' });
    await moveArtifact(ctx, { id, to: 'candidate' });
    await moveArtifact(ctx, { id, to: 'archived' });
    return id;
  };
  return Promise.all(Array.from({ length: artifacts }, one));
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await what()); await sleep(20))
    if (Date.now() > deadline) throw new Error(`not within a minute: ${String(what)}`);
}

/** What a receiver took of one node, each once, in the order of first arrival. */
const statesOf = ({ accepted }: TestReceiver, id: string) => [
  ...new Set(accepted.filter(({ event }) => event.subject === id).map(({ event }) => event.data.after)),
];
const everyState = ['intermediate', 'candidate', 'archived'];

it('brings everything, in order for each node and signed, to a receiver that fails every second time', async () => {
  const actor = test.unique('writer');
  const receiver = await receiverOf((n) => (n % 2 === 0 ? 500 : 204));
  const { secret } = await subscribe(receiver.url, actor);
  deliver();
  const ids = await change(actor, 8);
  await until(() => receiver.accepted.length >= 24);
  expect(receiver.accepted).toHaveLength(24);
  for (const id of ids) expect(statesOf(receiver, id)).toEqual(everyState);
  const verifier = new Webhook(secret);
  for (const { headers, body, event } of receiver.accepted) {
    expect(verifier.verify(body, headers)).toEqual(event);
    expect(headers['webhook-id']).toBe(event.id);
    expect(() => verifier.verify(`${body} `, headers)).toThrow();
  }
});

it('sends the body of the feed as a CloudEvent', async () => {
  const actor = test.unique('writer');
  const receiver = await receiverOf();
  await subscribe(receiver.url, actor);
  deliver();
  const [id = ''] = await change(actor, 1);
  await until(() => receiver.accepted.length === 3);
  // Newest first: the feed holds them back again while a transaction of another test, begun before them, is open.
  const { events } = await listEvents(test.ctx, { nodeId: id, newestFirst: true });
  expect(receiver.accepted.map(({ event }) => event)).toEqual(
    events.toReversed().map(({ id: eventId, at, nodeId, nodeLabel, ...same }) => ({
      ...{ specversion: '1.0', id: eventId, source: '/api/v1/events', datacontenttype: 'application/json' },
      ...{ type: `artifact-graph.${same.action ?? ''}`, subject: id, time: new Date(at).toISOString() },
      data: { ...same, id: eventId, at: new Date(at).toISOString(), node_id: nodeId, node_label: nodeLabel },
    })),
  );
  expect(receiver.accepted[0]?.headers['content-type']).toMatch(/^application\/cloudevents\+json/);
});

it('lists what a dead receiver did not take, and sends it again in order once it is back', async () => {
  const actor = test.unique('writer');
  const dead = await receiverOf();
  await dead.close();
  leaving.pop();
  const { id: webhookId } = await subscribe(dead.url, actor);
  deliver({ ...quick, attempts: 2 });
  const [id = ''] = await change(actor, 1);
  await until(async () => (await getWebhook(test.ctx, webhookId)).deadLetters === 3);
  const { deadLetters } = await listDeadLetters(test.ctx, { id: webhookId, limit: 10 });
  expect(deadLetters).toMatchObject(Array(3).fill({ nodeId: id, attempts: 2, status: null }));
  expect(deadLetters[0]?.error).toContain('ECONNREFUSED');
  const rest = await listDeadLetters(test.ctx, { id: webhookId, limit: 2, after: deadLetters[0]?.cursor });
  expect(rest).toEqual({ deadLetters: deadLetters.slice(1), hasMore: false });
  expect(await resendDeadLetters(test.ctx, webhookId, settings)).toMatchObject({ delivered: 0, left: true });

  const back = await receiverOf(undefined, dead.port);
  expect(await resendDeadLetters(test.ctx, webhookId, settings)).toEqual({
    delivered: 3,
    left: false,
    error: null,
  });
  expect(statesOf(back, id)).toEqual(everyState);
  await change(actor, 1);
  await until(() => back.accepted.length === 6);
  await until(async () => (await getWebhook(test.ctx, webhookId)).lastStatus === 204);
  expect(await getWebhook(test.ctx, webhookId)).toMatchObject({ deadLetters: 0, failures: 0 });
});

it('two instances deliver once to each subscriber', async () => {
  const actor = test.unique('writer');
  const receivers = [await receiverOf(), await receiverOf()];
  for (const { url } of receivers) await subscribe(url, actor);
  const other = openSecondInstance(test);
  leaving.push(() => other.db.close());
  deliver({ ...quick, pauseMs: 10 });
  deliver({ ...quick, pauseMs: 10 }, other);
  const ids = await change(actor, 10);
  await until(() => receivers.every(({ accepted }) => accepted.length >= 30));
  await sleep(300);
  for (const receiver of receivers) {
    expect(receiver.asked()).toBe(30);
    for (const id of ids) expect(statesOf(receiver, id)).toEqual(everyState);
  }
});

it('another instance goes on when the one that delivers is killed', async () => {
  const actor = test.unique('writer');
  const receiver = await receiverOf((n) => (n < 10 ? 204 : null));
  await subscribe(receiver.url, actor);
  const child = await startChild();
  const ids = await change(actor, 10);
  await until(() => receiver.asked() > 10);
  child.kill('SIGKILL');
  await once(child, 'exit');
  receiver.answer = () => 204;
  deliver(shortLease);
  await until(() => new Set(receiver.accepted.map(({ event }) => event.id)).size === 30);
  for (const id of ids) expect(statesOf(receiver, id)).toEqual(everyState);
});

async function startChild() {
  const program = join(packageRoot, 'node_modules', '.cache', `delivery-child-${process.pid}.mjs`);
  const folder = join(tmpdir(), test.unique('delivery-child'));
  await build({
    ...{
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external' as const,
      logLevel: 'error' as const,
    },
    entryPoints: [fileURLToPath(new URL('delivery-child.ts', import.meta.url))],
    outfile: program,
  });
  const child = spawn(process.execPath, [program, folder], { stdio: 'ignore' });
  leaving.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await rm(program, { force: true });
    await rm(folder, { recursive: true, force: true });
  });
  return child;
}

it('a receiver that gives no answer holds nobody else up, nor the end of the service', async () => {
  const actor = test.unique('writer');
  const [slow, quickOne] = [await receiverOf(() => null), await receiverOf()];
  const { id } = await subscribe(slow.url, actor);
  await subscribe(quickOne.url, actor);
  const delivery = deliver();
  await change(actor, 2);
  await until(() => slow.asked() === 1 && quickOne.accepted.length === 6);
  const began = Date.now();
  await delivery.stop();
  expect(Date.now() - began).toBeLessThan(3_000);
  // An attempt that was broken off is no failure, and nobody waits for the lease.
  expect(await getWebhook(test.ctx, id)).toMatchObject({ failures: 0, lastError: null });
  slow.answer = () => 204;
  deliver();
  await until(() => slow.accepted.length === 6);
});

it('a restart goes on counting the attempts of an event', async () => {
  const actor = test.unique('writer');
  const receiver = await receiverOf(() => 503);
  const { id } = await subscribe(receiver.url, actor);
  const patient = { ...quick, firstRetryMs: 600_000, longestRetryMs: 600_000 };
  const first = deliver(patient);
  await change(actor, 1);
  await until(async () => (await getWebhook(test.ctx, id)).failures === 1);
  await first.stop();
  const stopped = await getWebhook(test.ctx, id);
  expect(stopped).toMatchObject({ failures: 1, lastStatus: 503 });
  expect((stopped.nextAttemptAt ?? 0) - Date.now()).toBeGreaterThan(300_000);
  const second = deliver(patient);
  await enableWebhook(test.ctx, id, true);
  await until(async () => (await getWebhook(test.ctx, id)).failures === 2);
  await second.stop();
  expect(receiver.asked()).toBe(2);
});

it('410 ends delivery, until somebody begins it again', async () => {
  const actor = test.unique('writer');
  const receiver = await receiverOf(() => 410);
  const { id } = await subscribe(receiver.url, actor);
  deliver();
  const [artifactId = ''] = await change(actor, 1);
  await until(async () => !(await getWebhook(test.ctx, id)).enabled);
  expect(receiver.asked()).toBe(1);
  receiver.answer = () => 200;
  await enableWebhook(test.ctx, id, true);
  await until(() => receiver.accepted.length === 3);
  expect(statesOf(receiver, artifactId)).toEqual(everyState);
});

it('a redirect is a failure and is not followed', async () => {
  const actor = test.unique('writer');
  const receiver = await receiverOf(() => 307);
  const { id } = await subscribe(receiver.url, actor);
  deliver({ ...quick, attempts: 1 });
  await change(actor, 1);
  await until(async () => (await getWebhook(test.ctx, id)).deadLetters === 3);
  expect(receiver.asked()).toBe(3);
});
