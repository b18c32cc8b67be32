import {
  artifactTypes,
  lifecycleStates,
  runStages,
  runStatuses,
  stepStatuses,
  storyRoles,
  workflowTypes,
} from '../model/vocabulary.js';
import { bundleKinds } from '../legacy/source/legacy-bundle.js';
import { fileOutcome } from '../legacy/media/find-media.js';
import { lineageDirections } from '../lineage/trace-request.js';
import { searchKinds } from '../search/search-graph.js';

/** GraphQL shows the model's words in upper case; inside, resolvers and statements see the model's. */
const upperCase = (words: readonly string[]) =>
  Object.fromEntries(words.map((word) => [word.toUpperCase(), word]));

export const enumValues = {
  ArtifactType: upperCase(artifactTypes),
  LifecycleState: upperCase(lifecycleStates),
  WorkflowType: upperCase(workflowTypes),
  RunStatus: upperCase(runStatuses),
  StepStatus: upperCase(stepStatuses),
  RunStage: upperCase(runStages),
  StoryRole: upperCase(storyRoles),
  ContentStore: upperCase(['s3', 'disk']),
  LineageDirection: upperCase(lineageDirections),
  SearchKind: upperCase(searchKinds),
  LegacyKind: upperCase(bundleKinds),
  LegacyOutcome: upperCase(['imported', 'failed']),
  LegacyFileOutcome: upperCase(fileOutcome.options),
};
