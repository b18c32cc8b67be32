import type { StoryRole } from '../api/operations.js';
import { MakePrimary } from '../actions/artifact-actions.js';
import { ArtifactCard, Shelf } from '../parts/cards.js';
import { count, roleWords } from '../parts/words.js';
import type { StoryLink } from './story.js';

export const roleOrder: StoryRole[] = ['COVER', 'FINAL_AUDIO', 'FINAL_VIDEO', 'SCENE_IMAGE', 'STORY_TEXT'];

interface RoleShelfProps {
  storyId: string;
  role: StoryRole;
  links: StoryLink[];
  missing: boolean;
}

/** A role's primary as a large card, its alternatives beside it; a role without either says so. */
export function RoleShelf({ storyId, role, links, missing }: RoleShelfProps) {
  const primary = links.find((link) => link.isPrimary);
  const others = links.filter((link) => !link.isPrimary);
  const otherWords =
    role === 'SCENE_IMAGE' ? count(others.length, 'more', 'more') : count(others.length, 'alternative');
  return (
    <div className="role">
      <h3>{roleWords[role]}</h3>
      <div className="role-cards columns">
        {primary && <ArtifactCard artifact={primary.artifact} large />}
        {missing && (
          <div className="role-missing no-bytes soft">No {roleWords[role].toLowerCase()} is chosen</div>
        )}
        {others.length > 0 && (
          <div className="role-others">
            <p className="soft">{otherWords}</p>
            <Shelf small>
              {others.map(({ id, artifact }) => (
                <div key={id} className="stack">
                  <ArtifactCard artifact={artifact} />
                  <MakePrimary storyId={storyId} role={role} artifact={artifact} />
                </div>
              ))}
            </Shelf>
          </div>
        )}
      </div>
    </div>
  );
}
