import { answered, type Artifact, type NewStep, type Run, type StoryRole } from './api.js';
import { onceFor } from './names.js';
import { publish } from './publish.js';
import { artifactKey, idOf, TrackedStep, type ArtifactRef, type StepPlace } from './step.js';

/** The facts of a step as REST has them; its place in the order is the next one unless it is given. */
export type StepFacts = Omit<NewStep, 'step_name' | 'step_order' | 'uses'> & {
  step_order?: number;
  uses?: readonly ArtifactRef[];
};

/** A run that began, now or before a crash. */
export class TrackedRun {
  constructor(private readonly place: StepPlace) {}

  get run_id(): string {
    return this.place.record.runId;
  }

  get status(): Run['status'] {
    return this.place.record.run.status;
  }

  /** The step of this name: the one that was begun before, unless it failed, else a new one. @throws Problem */
  async startStep(name: string, facts: StepFacts = {}): Promise<TrackedStep> {
    const { record } = this.place;
    const find = () => {
      const last = record.lastStep(name);
      return last?.status === 'failed' ? undefined : last;
    };
    const { uses = [], step_order = record.nextOrder(), ...others } = facts;
    const attempt = record.countSteps(name);
    const start = () =>
      answered(
        record.api.POST('/api/v1/artifacts/runs/{id}/steps', {
          params: { path: { id: this.run_id } },
          headers: onceFor(this.run_id, 'step', name, attempt),
          body: { ...others, step_name: name, step_order, uses: uses.map(idOf) },
        }),
      );
    const step = find() ?? (await record.once(start, find));
    record.keepStep(step);
    return new TrackedStep(this.place, step);
  }

  /**
   * Takes a step: completed with what `work` gives, failed with what it throws. When the step was completed before,
   * `work` is called all the same, finds everything recorded, and makes nothing.
   * @throws what `work` throws; Problem
   */
  async step<T>(name: string, facts: StepFacts, work: (step: TrackedStep) => Promise<T>): Promise<T> {
    const step = await this.startStep(name, facts);
    const output = await work(step).catch(async (error: unknown) => {
      await step.fail(error);
      throw error;
    });
    await step.complete(output);
    return output;
  }

  /** What a step recorded under a name, in this process or another. @throws Error when it has not */
  getArtifact(stepName: string, name: string): Artifact {
    const { record } = this.place;
    const step = record.lastStep(stepName);
    const artifact = step && record.findArtifact(artifactKey(step.step_id, name));
    if (!artifact) throw new Error(`run ${this.run_id} has no ${name} of a step ${stepName}`);
    return artifact;
  }

  /** Publishes an artifact in a role of the run's story, and records that it was approved. @throws Problem */
  async publish(ref: ArtifactRef, role: StoryRole): Promise<Artifact> {
    const { record } = this.place;
    const storyId = record.run.story_id;
    if (storyId === null) throw new Error(`run ${this.run_id} belongs to no story`);
    const artifact = await publish(record.api, { artifactId: idOf(ref), storyId, role });
    await record.ensureStage(artifact, 'approved');
    return artifact;
  }

  /** @throws Problem */
  complete(summary?: unknown): Promise<void> {
    return this.move('completed', summary);
  }

  /** @throws Problem */
  fail(summary?: unknown): Promise<void> {
    return this.move('failed', summary);
  }

  /** Says that work has begun; the tracker does it. @throws Problem */
  async begin(): Promise<void> {
    if (this.status === 'pending') await this.move('running');
  }

  private async move(status: 'running' | 'completed' | 'failed', summary?: unknown): Promise<void> {
    const { record } = this.place;
    if (record.run.status === status) return;
    const call = () =>
      answered(
        record.api.PATCH('/api/v1/artifacts/runs/{id}/status', {
          params: { path: { id: this.run_id } },
          body: { status, summary: summary ?? null },
        }),
      );
    const isThere = () => {
      const { run } = record;
      return run.status === status || (status === 'running' && run.status !== 'pending') ? run : undefined;
    };
    record.keepRun(await record.once(call, isThere));
  }
}
