import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ArtifactCardFragment, StoryCardFragment } from '../api/operations.js';
import { KindIcon, StateMark, Time } from './marks.js';
import { Thumb } from './thumb.js';
import { measure, titleOf, workflowWords } from './words.js';

export const artifactHref = (id: string) => `/artifacts/${encodeURIComponent(id)}`;
export const storyHref = (id: string) => `/stories/${encodeURIComponent(id)}`;
export const runHref = (id: string) => `/runs/${encodeURIComponent(id)}`;

interface CardProps {
  artifact: ArtifactCardFragment;
  /** A line of small ink under the title. */
  note?: ReactNode;
  large?: boolean;
  /** Where it leads; to the artifact's own page unless told. */
  href?: string;
}

export function ArtifactCard({ artifact, note, large = false, href }: CardProps) {
  return (
    <Link href={href ?? artifactHref(artifact.id)} className={`card ${large ? 'card-large' : ''}`}>
      <Thumb artifact={artifact} size={large ? 512 : 256} />
      <span className="card-title">{titleOf(artifact)}</span>
      <span className="card-facts">
        <KindIcon kind={artifact.type} />
        <StateMark state={artifact.lifecycleState} />
        <span>{note ?? measure(artifact.metadata)}</span>
      </span>
    </Link>
  );
}

export function StoryCard({ story, note }: { story: StoryCardFragment; note?: ReactNode }) {
  const { coverArtifact: cover, currentRun } = story;
  return (
    <Link href={storyHref(story.id)} className="card card-story">
      {cover ? <Thumb artifact={cover} size={512} /> : <div className="thumb thumb-empty">no cover yet</div>}
      <span className="card-title story-title">{story.title ?? 'Untitled story'}</span>
      <span className="card-facts">
        {note ?? (currentRun && <span>{workflowWords[currentRun.workflowType]}</span>)}
        <Time at={story.createdAt} />
      </span>
    </Link>
  );
}

/** A shelf of cards, with what is not shown said in words. */
export function Shelf({ children, total, shown }: { children: ReactNode; total?: number; shown?: number }) {
  const hidden = (total ?? 0) - (shown ?? 0);
  return (
    <>
      <div className="shelf">{children}</div>
      {total !== undefined && hidden > 0 && <p className="soft">and {hidden.toLocaleString('en')} more</p>}
    </>
  );
}
