import { ask } from '../api/ask.js';
import {
  MakePrimaryDocument,
  MoveArtifactDocument,
  PublishArtifactDocument,
  type ArtifactCardFragment,
  type StoryRole,
} from '../api/operations.js';
import { roleWords, titleOf } from '../parts/words.js';
import { Action, useCaller } from './action.js';

/** Where an artifact can go from its state, for those who may send it there. */
export function ArtifactActions({ artifact }: { artifact: ArtifactCardFragment }) {
  const { id, lifecycleState: state } = artifact;
  const title = `“${titleOf(artifact)}”`;
  if (!useCaller().mayWrite || state === 'ARCHIVED') return null;
  return (
    <>
      {state === 'INTERMEDIATE' && (
        <Action
          name="Make it a candidate"
          question={`Make ${title} a candidate?`}
          run={() => ask(MoveArtifactDocument, { id, to: 'CANDIDATE' })}
        >
          It can then be published. An artifact does not go back to being intermediate.
        </Action>
      )}
      {state === 'CANDIDATE' && (
        <Action
          name="Publish"
          question={`Publish ${title}?`}
          run={() => ask(PublishArtifactDocument, { id })}
        >
          Its bytes are kept from then on. What is published can be archived, and nothing else.
        </Action>
      )}
      <Action
        name="Archive"
        question={`Archive ${title}?`}
        run={() => ask(MoveArtifactDocument, { id, to: 'ARCHIVED' })}
      >
        It stays in the record, and what was made from it too. It cannot be taken out of the archive.
      </Action>
    </>
  );
}

interface MakePrimaryProps {
  storyId: string;
  role: StoryRole;
  artifact: ArtifactCardFragment;
}

/** Gives a role of a story to one of its alternatives. */
export function MakePrimary({ storyId, role, artifact }: MakePrimaryProps) {
  if (!useCaller().mayWrite) return null;
  return (
    <Action
      name="Make primary"
      question={`Show “${titleOf(artifact)}”?`}
      run={() => ask(MakePrimaryDocument, { storyId, role, artifactId: artifact.id })}
    >
      {roleWords[role]}: the story shows it from now on. What it shows now becomes an alternative.
    </Action>
  );
}
