import { answered, type ApiOptions, type Artifact, type NewArtifact, type Step } from './api.js';
import { nameBased, onceFor } from './names.js';
import type { RunRecord } from './run-record.js';
import { upload, type Content, type OnProgress } from './upload.js';

/** An artifact, or its id. */
export type ArtifactRef = string | Pick<Artifact, 'artifact_id'>;
type RelationType = NonNullable<NewArtifact['sources']>[number]['relation_type'];
const relationTypes: readonly RelationType[] = ['derived_from', 'variant_of', 'transcoded_from'];

/** The facts of an artifact as REST has them, and its sources by what was done with them. */
export type ArtifactFacts = Omit<NewArtifact, 'artifact_payload' | 'external_id' | 'created_by_step_id'> & {
  [Type in RelationType]?: readonly ArtifactRef[];
};

/** What a step makes: bytes, or a text or any other JSON that the record itself keeps. */
export type Made = Content | { payload: unknown };

export interface StepPlace {
  record: RunRecord;
  options: ApiOptions;
  /** Recorded as the maker where the facts name none. */
  agent: string | undefined;
}

/** A step that began, now or before a crash. */
export class TrackedStep {
  constructor(
    private readonly place: StepPlace,
    private step: Step,
  ) {}

  get step_id(): string {
    return this.step.step_id;
  }

  get status(): Step['status'] {
    return this.step.status;
  }

  /**
   * Records what this step makes, under a name of its own within the step. What was recorded before is given back, and
   * `make` is not called.
   * @throws Problem
   */
  async record(
    name: string,
    facts: ArtifactFacts,
    make: () => Made | Promise<Made>,
    onProgress?: OnProgress,
  ): Promise<Artifact> {
    const { record } = this.place;
    const externalId = artifactKey(this.step_id, name);
    const find = () => record.findArtifact(externalId);
    const artifact =
      find() ?? (await this.create(this.bodyOf(externalId, facts), { make, find, onProgress }));
    await record.ensureStage(artifact, 'generated');
    return artifact;
  }

  private async create(body: NewArtifact, { make, find, onProgress }: Making): Promise<Artifact> {
    const { record, options } = this.place;
    const made = await make();
    const artifact = await record.once(() => {
      const key = nameBased(this.step_id, body.external_id ?? '');
      if (!('payload' in made)) return upload(options, { facts: body, content: made, key, onProgress });
      const headers = { 'idempotency-key': key };
      return answered(
        record.api.POST('/api/v1/artifacts', { headers, body: { ...body, artifact_payload: made.payload } }),
      );
    }, find);
    if (!find()) record.keepArtifact(artifact);
    return artifact;
  }

  private bodyOf(external_id: string, facts: ArtifactFacts): NewArtifact {
    const { derived_from, variant_of, transcoded_from, ...others } = facts;
    const byType = { derived_from, variant_of, transcoded_from };
    const sources = relationTypes.flatMap((relation_type) =>
      (byType[relation_type] ?? []).map((ref) => ({ artifact_id: idOf(ref), relation_type })),
    );
    return {
      ...(this.place.agent === undefined ? {} : { created_by_agent: this.place.agent }),
      ...others,
      sources: [...(facts.sources ?? []), ...sources],
      external_id,
      created_by_step_id: this.step_id,
    };
  }

  /** Ends the step with what it gave; one that has ended stays as it is. @throws Problem */
  complete(output?: unknown): Promise<void> {
    return this.end({ status: 'completed', output_data: output ?? null });
  }

  /** Ends the step without success. @throws Problem */
  fail(error: unknown): Promise<void> {
    const text = error instanceof Error ? error.message : String(error);
    return this.end({ status: 'failed', error: text.slice(0, 20_000) });
  }

  private async end(result: {
    status: 'completed' | 'failed';
    output_data?: unknown;
    error?: string;
  }): Promise<void> {
    if (this.step.status !== 'running') return;
    const { record } = this.place;
    const { step_id: id, step_name } = this.step;
    const call = () =>
      answered(
        record.api.POST('/api/v1/artifacts/steps/{id}/complete', {
          params: { path: { id } },
          headers: onceFor(id, 'complete'),
          body: result,
        }),
      );
    const ended = () => {
      const step = record.lastStep(step_name);
      return step?.step_id === id && step.status === result.status ? step : undefined;
    };
    this.step = await record.once(call, ended);
    record.keepStep(this.step);
  }
}

interface Making {
  make: () => Made | Promise<Made>;
  find: () => Artifact | undefined;
  onProgress: OnProgress | undefined;
}

/** The external id under which a step's artifact of a name is found again. */
export const artifactKey = (stepId: string, name: string): string => nameBased(stepId, 'artifact', name);

export const idOf = (ref: ArtifactRef): string => (typeof ref === 'string' ? ref : ref.artifact_id);
