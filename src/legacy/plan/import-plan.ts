import type { Artifact } from '../../model/artifact.js';
import type { Relation } from '../../model/relation.js';
import type { Run, RunArtifact, Step } from '../../model/run.js';
import type { StoryLink, StoryRecord } from '../../model/story.js';
import type { FileReport } from '../media/find-media.js';
import type { StoredContent } from '../media/read-media.js';
import type { BundleKind } from '../source/legacy-bundle.js';

/** `content` is what its bytes are in the store. */
export type PlannedArtifact = Artifact & { content: StoredContent | null };

export type StoryProperty = string | number;

export interface PlannedStory extends StoryRecord {
  currentRunId: string | null;
  /** The old row's fields under their old names in camelCase. */
  fields: Record<string, StoryProperty>;
}

/** Everything that one bundle of old rows becomes in the graph. */
export interface ImportPlan {
  kind: BundleKind;
  id: string;
  story: PlannedStory | null;
  runs: Run[];
  /** Those of runs of the same plan. */
  steps: Step[];
  artifacts: PlannedArtifact[];
  relations: Relation[];
  links: StoryLink[];
  records: RunArtifact[];
  files: FileReport[];
  /** What of the old rows could not be taken over as it was, one sentence each. */
  problems: string[];
}
