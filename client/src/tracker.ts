import {
  answered,
  createApi,
  type Api,
  type ApiOptions,
  type NewRun,
  type NewStory,
  type Story,
} from './api.js';
import { onceFor } from './names.js';
import { isTooLate } from './problem.js';
import { RunRecord } from './run-record.js';
import { TrackedRun } from './run.js';

export { Problem } from './problem.js';

export interface TrackerOptions extends ApiOptions {
  /** Recorded as the maker of artifacts. */
  agent?: string;
}

/**
 * Records a pipeline in its own words: runs, steps, what they make and from what.
 *
 * Every call may be repeated, by this process or by the next one after a crash: ids and keys are derived from the run's
 * key and the names of steps and artifacts, so what is recorded already is found and not recorded again.
 */
export class Tracker {
  /** Everything else that the service offers. */
  readonly api: Api;

  constructor(private readonly options: TrackerOptions) {
    this.api = createApi(options);
  }

  /** The story of this id, recorded now or before. @throws Problem */
  async openStory(story_id: string, facts: Omit<NewStory, 'story_id'> = {}): Promise<Story> {
    try {
      const headers = onceFor('story', story_id);
      return await answered(this.api.POST('/api/v1/stories', { headers, body: { ...facts, story_id } }));
    } catch (error) {
      if (!isTooLate(error)) throw error;
      return answered(this.api.GET('/api/v1/stories/{id}', { params: { path: { id: story_id } } }));
    }
  }

  /**
   * The run of this key, begun now or before.
   * @param key names the job in your own system and nothing else; it becomes the run's external id
   * @throws Problem `duplicate` when the key is that of a run with other facts
   */
  async startRun(key: string, facts: Omit<NewRun, 'external_id'>): Promise<TrackedRun> {
    const headers = onceFor('run', key, JSON.stringify(facts));
    const body = { ...facts, external_id: key };
    const { run_id } = await answered(this.api.POST('/api/v1/artifacts/runs', { headers, body }));
    const record = await RunRecord.read(this.api, run_id);
    const run = new TrackedRun({ record, options: this.options, agent: this.options.agent });
    await run.begin();
    return run;
  }
}
