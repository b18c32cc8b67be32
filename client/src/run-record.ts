import { setTimeout as sleep } from 'node:timers/promises';
import {
  answered,
  type Api,
  type Artifact,
  type Run,
  type RunStage,
  type RunWithParts,
  type Step,
} from './api.js';
import { onceFor } from './names.js';
import { isTooLate } from './problem.js';

/** A key that another process has used may belong to a request of it that is still under way: 6 s in all. */
const patientLooks = 6;

/** What the service has of a run: what was done before a crash is found here and not done again. */
export class RunRecord {
  private constructor(
    readonly api: Api,
    readonly runId: string,
    private parts: RunWithParts,
  ) {}

  static async read(api: Api, runId: string): Promise<RunRecord> {
    return new RunRecord(api, runId, await readParts(api, runId));
  }

  get run(): Run {
    return this.parts.run;
  }

  /** The last step of this name. One that failed is over: what comes after it is another attempt. */
  lastStep(name: string): Step | undefined {
    return this.parts.steps.findLast((step) => step.step_name === name);
  }

  countSteps(name: string): number {
    return this.parts.steps.filter((step) => step.step_name === name).length;
  }

  nextOrder(): number {
    return 1 + Math.max(0, ...this.parts.steps.map(({ step_order }) => step_order));
  }

  findArtifact(externalId: string): Artifact | undefined {
    return this.parts.artifacts.find((artifact) => artifact.external_id === externalId);
  }

  keepRun(run: Run): void {
    this.parts.run = run;
  }

  keepStep(step: Step): void {
    const others = this.parts.steps.filter(({ step_id }) => step_id !== step.step_id);
    this.parts.steps = [...others, step].sort((a, b) => a.step_order - b.step_order);
  }

  keepArtifact(artifact: Artifact): void {
    this.parts.artifacts.push(artifact);
  }

  async ensureStage({ artifact_id }: Artifact, stage: RunStage): Promise<void> {
    const { links } = this.parts;
    if (links.some((link) => link.artifact_id === artifact_id && link.stage === stage)) return;
    const call = this.api.POST('/api/v1/artifacts/runs/{id}/artifacts', {
      params: { path: { id: this.runId } },
      headers: onceFor(this.runId, artifact_id, stage),
      body: { artifact_id, stage },
    });
    links.push(await answered(call));
  }

  /**
   * Does what may have been done meanwhile, by an attempt whose answer was lost or by another process: when the service
   * refuses it, what `find` sees then counts.
   * @throws Problem when it was refused for another reason
   */
  async once<T>(work: () => Promise<T>, find: () => T | undefined): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isTooLate(error)) throw error;
      const found = await this.lookFor(find, error.code === 'conflict' ? patientLooks : 1);
      if (found === undefined) throw error;
      return found;
    }
  }

  private async lookFor<T>(find: () => T | undefined, looks: number): Promise<T | undefined> {
    for (let look = 1; ; look++) {
      this.parts = await readParts(this.api, this.runId);
      const found = find();
      if (found !== undefined || look >= looks) return found;
      await sleep(100 * 2 ** look);
    }
  }
}

function readParts(api: Api, id: string): Promise<RunWithParts> {
  return answered(api.GET('/api/v1/artifacts/runs/{id}', { params: { path: { id } } }));
}
