import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { Unavailable } from '../../errors.js';
import { packageRoot } from '../../package-root.js';

export type MediaJob = 'readInfo' | 'readPicture' | 'drawThumbnail' | 'traceSound';

export interface LaneOptions {
  /** Processes at once. */
  width: number;
  /** A job that takes longer is ended with its process; waiting for a place and for the process do not count. */
  deadlineMs: number;
  /** Jobs that may wait; further ones are refused with Unavailable. */
  queueLimit: number;
}

/** A job without a result: the decoder refused the bytes, took too long, or died of them. */
export class WorkFailed extends Error {
  constructor(
    readonly reason: 'refused' | 'too_long' | 'died',
    message: string,
  ) {
    super(message);
  }
}

const answer = z.union([z.object({ error: z.string() }), z.object({ value: z.unknown() })]);
const program = join(packageRoot, 'src', 'content', 'worker', 'media-worker.mjs');
/** An idle process ends after this time. */
const idleMs = 30_000;
/** A process that does not listen after this time never will. */
const startMs = 30_000;

interface Idle {
  worker: ChildProcess;
  end: NodeJS.Timeout;
  forget: () => void;
}

/**
 * Processes that read and draw hostile media, each one job at a time. They start when they are needed, have none of
 * this process's environment, and do not keep it alive.
 */
export class WorkerLane {
  readonly #idle: Idle[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(private readonly options: LaneOptions) {}

  /** @throws WorkFailed; Unavailable when too many jobs wait */
  async run<T>(job: MediaJob, task: object, result: z.ZodType<T>): Promise<T> {
    await this.#enter();
    try {
      const worker = this.#take() ?? (await start());
      return result.parse(await this.#perform(worker, { job, task }));
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#busy < this.options.width) {
      this.#busy++;
      return;
    }
    if (this.#waiting.length >= this.options.queueLimit)
      throw new Unavailable('content', 'too many media are being read and drawn at the moment');
    await new Promise<void>((ready) => this.#waiting.push(ready));
  }

  /** Whoever waits longest takes the place over, so that nobody comes between. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#busy--;
  }

  #take(): ChildProcess | null {
    const rested = this.#idle.pop();
    if (!rested) return null;
    clearTimeout(rested.end);
    rested.worker.off('exit', rested.forget);
    rested.worker.ref();
    rested.worker.channel?.ref();
    return rested.worker;
  }

  #rest(worker: ChildProcess): void {
    worker.unref();
    worker.channel?.unref();
    const idle: Idle = {
      worker,
      end: setTimeout(() => worker.kill('SIGKILL'), idleMs).unref(),
      forget: () => this.#idle.splice(this.#idle.indexOf(idle), 1),
    };
    this.#idle.push(idle);
    worker.once('exit', idle.forget);
  }

  async #perform(worker: ChildProcess, message: { job: MediaJob; task: object }): Promise<unknown> {
    try {
      worker.send(message);
      const value = await nextAnswer(worker, this.options.deadlineMs);
      this.#rest(worker);
      return value;
    } catch (error) {
      if (error instanceof WorkFailed && error.reason === 'refused') this.#rest(worker);
      else worker.kill('SIGKILL');
      throw error;
    }
  }
}

/** A new process, once it listens: the time that it takes to start is no job's. */
async function start(): Promise<ChildProcess> {
  const worker = fork(program, [], {
    execArgv: [],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  try {
    await nextAnswer(worker, startMs);
    return worker;
  } catch (error) {
    worker.kill('SIGKILL');
    throw error;
  }
}

/** @throws WorkFailed */
function nextAnswer(worker: ChildProcess, deadlineMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const close = (act: () => void) => {
      clearTimeout(deadline);
      worker.off('error', died).off('exit', died).off('message', heard);
      act();
    };
    const fail = (reason: WorkFailed['reason'], why: string) =>
      close(() => reject(new WorkFailed(reason, why)));
    const died = () => fail('died', 'the decoder broke off');
    const heard = (sent: unknown) => {
      const said = answer.parse(sent);
      if ('error' in said) fail('refused', said.error);
      else close(() => resolve(said.value));
    };
    const deadline = setTimeout(() => fail('too_long', 'decoding takes too long'), deadlineMs);
    worker.once('error', died).once('exit', died).once('message', heard);
  });
}
