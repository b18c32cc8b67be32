import type { MediaFacts } from '../content/probe/media-facts.js';
import type { Sha256 } from '../model/digest.js';
import type {
  ArtifactType,
  LifecycleState,
  RelationType,
  RunStage,
  RunStatus,
  StepStatus,
  StoryRole,
  WorkflowType,
} from '../model/vocabulary.js';
import type { FileReport } from './import-report.js';
import type { BundleKind } from './legacy-bundle.js';

/** Content that is in the store (in a dry run: would be). */
export interface StoredContent {
  sha256: Sha256;
  sizeBytes: number;
  mimeType: string;
}

/** Media that an old row points at, after its bytes were read, looked at and stored. */
export type SlotMedia =
  | {
      kind: 'stored';
      content: StoredContent;
      facts: MediaFacts;
      /** What its bytes are; null when they are of a kind that no artifact type names. */
      type: ArtifactType | null;
      /** True when that is something else than the old row says. */
      contradicts: boolean;
    }
  | { kind: 'remote'; url: string }
  | { kind: 'none' };

/** Times in a plan are milliseconds since 1970 in UTC; property names are those of the graph. */
export interface PlannedArtifact {
  id: string;
  type: ArtifactType;
  lifecycleState: LifecycleState;
  generation: number;
  contentHash: string | null;
  path: string | null;
  url: string | null;
  payload: string | null;
  payloadFormat: 'json' | null;
  metadata: string | null;
  mimeType: string | null;
  sizeBytes: number | null;
  description: string | null;
  safetyScore: number | null;
  createdByAgent: string | null;
  createdAt: number;
  storedAt: number;
  /** The step it is CREATED_BY; always one of the same plan. */
  stepId: string | null;
  content: StoredContent | null;
}

export interface PlannedRun {
  id: string;
  workflowType: WorkflowType;
  status: RunStatus;
  sessionId: string | null;
  summary: string | null;
  createdAt: number;
  startedAt: number | null;
  completedAt: number | null;
}

export interface PlannedStep {
  id: string;
  runId: string;
  name: string;
  order: number;
  status: StepStatus;
  input: string | null;
  output: string | null;
  error: string | null;
  createdAt: number;
  completedAt: number | null;
}

export interface PlannedLink {
  id: string;
  artifactId: string;
  role: StoryRole;
  isPrimary: boolean;
  position: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface PlannedRelation {
  id: string;
  type: RelationType;
  productId: string;
  sourceId: string;
  metadata: string | null;
  createdAt: number;
}

export interface PlannedRecord {
  id: string;
  runId: string;
  artifactId: string;
  stage: RunStage;
  createdAt: number;
}

export type StoryProperty = string | number;

export interface PlannedStory {
  id: string;
  title: string | null;
  createdAt: number;
  storedAt: number;
  currentRunId: string | null;
  /** The old row's fields under their old names in camelCase. */
  fields: Record<string, StoryProperty>;
}

/** Everything that one bundle of old rows becomes in the graph. */
export interface ImportPlan {
  key: string;
  kind: BundleKind;
  id: string;
  rowName: string;
  digest: string;
  story: PlannedStory | null;
  runs: PlannedRun[];
  steps: PlannedStep[];
  artifacts: PlannedArtifact[];
  relations: PlannedRelation[];
  links: PlannedLink[];
  records: PlannedRecord[];
  files: FileReport[];
  /** What of the old rows could not be taken over as it was, one sentence each. */
  problems: string[];
}
