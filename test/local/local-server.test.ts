import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Unavailable } from '../../src/errors.js';
import { runLocalServer, type RunningServer, type ServerKind } from '../../src/local/local-server.js';
import { identifyProcess } from '../../src/local/process-identity.js';
import { bundleCommand } from './bundle-command.js';
import { answers, tinyServer, type TinyDetails } from './tiny-server.js';

const report = z.object({
  details: z.object({ port: z.number() }),
  pid: z.number(),
  startedHere: z.boolean(),
});

let command: string;
let folder: string;
const commands: ChildProcess[] = [];

beforeAll(async () => {
  command = await bundleCommand(new URL('./tiny-command.ts', import.meta.url));
});
afterAll(() => rm(command));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-server-'));
});
afterEach(async () => {
  for (const child of commands.splice(0)) child.kill('SIGKILL');
  await (await started()).stop();
  await rm(folder, { recursive: true });
});

/** Another command, in a process of its own. */
async function otherCommand() {
  const child = fork(command, [folder]);
  commands.push(child);
  const [message] = (await once(child, 'message')) as [unknown];
  return { child, ...report.parse(message) };
}

async function started(
  kind: ServerKind<TinyDetails> = tinyServer(folder),
): Promise<RunningServer<TinyDetails>> {
  const outcome = await runLocalServer(kind);
  if ('died' in outcome) throw outcome.died;
  return outcome.ready;
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('a local server', () => {
  it('is started in an empty folder, and ended without leaving a process', async () => {
    const server = await started();
    expect(server.startedHere).toBe(true);
    expect(await answers(server.details.port)).toBe(true);
    await server.stop();
    await server.stop();
    expect(identifyProcess(server.pid)).toBeNull();
    expect(await answers(server.details.port)).toBe(false);
  });

  it('is found by another command, and outlives that one', async () => {
    const server = await started();
    const other = await otherCommand();
    expect(other).toMatchObject({ pid: server.pid, startedHere: false, details: server.details });
    other.child.send('stop');
    await once(other.child, 'exit');
    expect(await answers(server.details.port)).toBe(true);
    await server.stop();
    expect(identifyProcess(server.pid)).toBeNull();
  });

  it('goes on for a second command when the one that started it ends first', async () => {
    const first = await otherCommand();
    const second = await started();
    expect(second).toMatchObject({ pid: first.pid, startedHere: false });
    first.child.send('stop');
    await once(first.child, 'exit');
    expect(await answers(second.details.port)).toBe(true);
    await second.stop();
    expect(identifyProcess(first.pid)).toBeNull();
  });

  it('is taken over and ended by the next command when its own was killed', async () => {
    const killedOne = await otherCommand();
    await killed(killedOne.child);
    expect(identifyProcess(killedOne.pid)).not.toBeNull();
    const next = await started();
    expect(next).toMatchObject({ pid: killedOne.pid, startedHere: true });
    await next.stop();
    expect(identifyProcess(killedOne.pid)).toBeNull();
  });

  it('is started anew, on the same port, after it was killed itself', async () => {
    const before = await started();
    process.kill(before.pid, 'SIGKILL');
    const after = await started();
    expect(after.pid).not.toBe(before.pid);
    expect(after.details).toEqual(before.details);
    await after.stop();
    await before.stop();
  });

  it('is started once by many commands at the same time', async () => {
    const servers = await Promise.all([otherCommand(), otherCommand(), started(), started(), started()]);
    expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
    expect(servers.filter(({ startedHere }) => startedHere)).toHaveLength(1);
    await Promise.all(servers.map((server) => ('stop' in server ? server.stop() : killed(server.child))));
  });

  it('is killed when it does not end in time', async () => {
    const server = await started(tinyServer(folder, 'ignoresSigterm', { stopWithinMs: 300 }));
    await server.stop();
    expect(identifyProcess(server.pid)).toBeNull();
  });

  it('that dies at its start is reported with what it printed', async () => {
    const outcome = await runLocalServer(tinyServer(folder, 'dies'));
    expect(outcome).toMatchObject({ died: expect.any(Unavailable) as unknown });
    expect('died' in outcome && outcome.died.message).toContain('the disk is on fire');
  });

  it('that is never ready is ended after its time', async () => {
    await expect(started(tinyServer(folder, 'neverReady', { readyWithinMs: 400 }))).rejects.toThrow(
      'within 0.4 s',
    );
  });

  it('that is interrupted while it starts is ended', async () => {
    const interrupted = new AbortController();
    setTimeout(() => interrupted.abort(), 300);
    const kind = tinyServer(folder, 'neverReady', { signal: interrupted.signal });
    await expect(started(kind)).rejects.toMatchObject({ name: 'AbortError' });
    const next = await started();
    expect(next.startedHere).toBe(true);
    await next.stop();
  });
});
