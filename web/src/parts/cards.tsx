import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ArtifactCardFragment, StoryCardFragment } from '../api/operations.js';
import { KindIcon, StateMark, Time } from './marks.js';
import { Thumb } from './thumb.js';
import { count, measure, titleOf, workflowWords } from './words.js';

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

/** Artifacts as cards. */
export const cardsOf = (
  artifacts: readonly ArtifactCardFragment[],
  noteOf?: (one: ArtifactCardFragment) => ReactNode,
) =>
  artifacts.map((artifact) => (
    <ArtifactCard key={artifact.id} artifact={artifact} note={noteOf?.(artifact)} />
  ));

/** What a connection gave, and how many there are. */
export interface Connection {
  totalCount: number;
  edges: { node: ArtifactCardFragment }[];
}
export const nodesOf = <Node,>({ edges }: { edges: readonly { node: Node }[] }) =>
  edges.map(({ node }) => node);

interface ShelfProps {
  children: ReactNode[];
  /** How many there are, where not all of them may be here. */
  total?: number;
  small?: boolean;
}

/** A shelf of cards; what is not shown is said. */
export function Shelf({ children, total = children.length, small = false }: ShelfProps) {
  return (
    <>
      <div className={small ? 'shelf shelf-small' : 'shelf'}>{children}</div>
      <AndMore hidden={total - children.length} />
    </>
  );
}

export function AndMore({ hidden }: { hidden: number }) {
  return hidden > 0 && <p className="soft">and {count(hidden, 'more', 'more')}</p>;
}
