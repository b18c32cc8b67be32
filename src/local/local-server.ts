import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { withFileLock } from './file-lock.js';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.js';
import type { Progress } from './progress.js';
import { serverFailed } from './server-failed.js';
import { readState, writeState, type ServerState } from './server-state.js';
import { terminate } from './terminate.js';

const pollMs = 150;
const progressEveryMs = 5_000;

export interface Launch<Details> {
  details: Details;
  command: string;
  args: string[];
}

/** How to run one kind of server on the data of one folder. */
export interface ServerKind<Details> {
  name: string;
  part: 'neo4j' | 'content';
  folder: string;
  /** What another command must know to use the server, such as its ports. */
  details: z.ZodType<Details>;
  /** Everything up to the command line; `previous` are the details of the last start in this folder. */
  prepare(previous: Details | undefined): Promise<Launch<Details>>;
  isReady(details: Details): Promise<boolean>;
  /** After an orderly end of a server that had been ready. */
  stopped?(details: Details): Promise<void>;
  readyWithinMs: number;
  stopWithinMs: number;
  onProgress: Progress;
  signal?: AbortSignal | undefined;
}

export interface RunningServer<Details> {
  details: Details;
  pid: number;
  /** False when another command that still runs had the server already. */
  startedHere: boolean;
  /** Leaves the server; the last of its users ends it. Repeated calls do nothing more. */
  stop: () => Promise<void>;
}

/** The server died before it was ready; `serverFailed` tells people, this tells the caller that may try again. */
export type StartOutcome<Details> = { ready: RunningServer<Details> } | { died: Error; details: Details };

/**
 * Uses the server that runs on this folder's data, or starts it. The server is a process group of its own, so that
 * Ctrl-C in a terminal reaches the command alone and the command ends the server in order. When a command was killed
 * and left its server behind, the next one finds it here and takes it over.
 * @throws Unavailable when it is not ready in time; AbortError when `signal` fires, with the server left again
 */
export async function runLocalServer<Details>(kind: ServerKind<Details>): Promise<StartOutcome<Details>> {
  mkdirSync(kind.folder, { recursive: true, mode: 0o700 });
  const id = randomUUID();
  const joined = await underLock(kind, () => enter(kind, id));
  let stopping: Promise<void> | undefined;
  let wasReady = false;
  const stop = () => (stopping ??= leave(kind, id, () => wasReady));
  try {
    const state = await waitUntilReady(kind, joined);
    if (state === 'died') {
      await stop();
      // Another command's server, found while it was going down: now there is none, so start one.
      if (!joined.launched) return runLocalServer(kind);
      const died = serverFailed(kind.part, `${kind.name} ended while it was starting`, readLog(kind));
      return { died, details: joined.details };
    }
  } catch (error) {
    await stop();
    throw error;
  }
  wasReady = true;
  return {
    ready: { details: joined.details, pid: joined.server.pid, startedHere: joined.startedHere, stop },
  };
}

interface Joined<Details> {
  details: Details;
  server: ProcessIdentity;
  startedHere: boolean;
  /** False when it ran already, whoever started it. */
  launched: boolean;
}

async function enter<Details>(kind: ServerKind<Details>, id: string): Promise<Joined<Details>> {
  const self = identifyProcess(process.pid);
  if (self === null) throw new Error('this process cannot be identified');
  const state = readState(stateFile(kind), kind.details);
  if (state?.server) {
    writeState(stateFile(kind), { ...state, users: [...state.users, { id, ...self }] });
    return {
      details: state.details,
      server: state.server,
      startedHere: state.users.length === 0,
      launched: false,
    };
  }
  const launch = await kind.prepare(state?.details);
  const server = launchDetached(kind, launch);
  writeState(stateFile(kind), { server, details: launch.details, users: [{ id, ...self }] });
  return { details: launch.details, server, startedHere: true, launched: true };
}

function launchDetached<Details>(kind: ServerKind<Details>, launch: Launch<Details>): ProcessIdentity {
  const log = openSync(logFile(kind), 'w', 0o600);
  try {
    const child = spawn(launch.command, launch.args, {
      cwd: kind.folder,
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.on('error', (error) => kind.onProgress(`${kind.name} could not be started: ${error.message}`));
    child.unref();
    const identity = child.pid === undefined ? null : identifyProcess(child.pid);
    if (identity === null)
      throw serverFailed(kind.part, `${kind.name} could not be started (${launch.command})`, readLog(kind));
    return identity;
  } finally {
    closeSync(log);
  }
}

async function waitUntilReady<Details>(
  kind: ServerKind<Details>,
  { details, server }: Joined<Details>,
): Promise<'ready' | 'died'> {
  const began = Date.now();
  for (let told = began; ;) {
    kind.signal?.throwIfAborted();
    if (!isRunning(server)) return 'died';
    if (await kind.isReady(details)) return 'ready';
    const now = Date.now();
    if (now - began > kind.readyWithinMs) {
      throw serverFailed(
        kind.part,
        `${kind.name} was not ready within ${kind.readyWithinMs / 1000} s`,
        readLog(kind),
      );
    }
    if (now - told >= progressEveryMs) {
      told = now;
      kind.onProgress(`waiting for ${kind.name}: ${Math.round((now - began) / 1000)} s`);
    }
    await sleep(pollMs, undefined, { signal: kind.signal });
  }
}

function leave<Details>(kind: ServerKind<Details>, id: string, wasReady: () => boolean): Promise<void> {
  return underLock({ ...kind, signal: undefined }, async () => {
    const state = readState(stateFile(kind), kind.details);
    if (state === null) return;
    const left = { ...state, users: state.users.filter((user) => user.id !== id) };
    if (left.server && left.users.length === 0) await end(kind, left, left.server, wasReady());
    else writeState(stateFile(kind), left);
  });
}

async function end<Details>(
  kind: ServerKind<Details>,
  state: ServerState<Details>,
  server: ProcessIdentity,
  wasReady: boolean,
): Promise<void> {
  const inOrder = await terminate(server, kind.stopWithinMs);
  writeState(stateFile(kind), { ...state, server: null });
  if (inOrder && wasReady) await kind.stopped?.(state.details);
}

function underLock<Details, T>(kind: ServerKind<Details>, work: () => Promise<T>): Promise<T> {
  const onWait = () => kind.onProgress(`waiting for another command that starts or stops ${kind.name}`);
  return withFileLock(join(kind.folder, 'server.lock'), { onWait, signal: kind.signal }, work);
}

const stateFile = <Details>(kind: ServerKind<Details>) => join(kind.folder, 'server.json');
const logFile = <Details>(kind: ServerKind<Details>) => join(kind.folder, 'server.log');
const readLog = <Details>(kind: ServerKind<Details>) => readFileSync(logFile(kind), 'utf8');
