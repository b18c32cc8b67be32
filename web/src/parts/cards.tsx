import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ArtifactCardFragment, ArtifactQuery, StoryCardFragment } from '../api/operations.js';
import { KindIcon, StateMark, Time } from './marks.js';
import { Thumb } from './thumb.js';
import { count, measure, roleWords, titleOf, workflowWords } from './words.js';

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
    <Link href={href ?? artifactHref(artifact.id)} className="card box">
      <Thumb artifact={artifact} size={large ? 512 : 256} />
      <span className="card-title">{titleOf(artifact)}</span>
      <span className="card-facts row">
        <KindIcon kind={artifact.type} />
        <StateMark state={artifact.lifecycleState} />
        <span>{note ?? measure(artifact.metadata)}</span>
      </span>
    </Link>
  );
}

function StoryCard({ story, note }: { story: StoryCardFragment; note?: ReactNode }) {
  const { coverArtifact: cover, currentRun } = story;
  return (
    <Link href={storyHref(story.id)} className="card card-story box">
      {cover ? <Thumb artifact={cover} size={512} /> : <NoCover />}
      <span className="card-title story-title">{story.title ?? 'Untitled story'}</span>
      <span className="card-facts row">
        {note ?? (currentRun && <span>{workflowWords[currentRun.workflowType]}</span>)}
        <Time at={story.createdAt} />
      </span>
    </Link>
  );
}

export const NoCover = () => <div className="thumb thumb-empty soft">no cover yet</div>;

/** Artifacts as cards, with what else each card is to say. */
export const cardsOf = <Artifact extends ArtifactCardFragment>(
  artifacts: readonly Artifact[],
  propsOf?: (one: Artifact) => Omit<CardProps, 'artifact'>,
) => artifacts.map((one) => <ArtifactCard key={one.id} artifact={one} {...propsOf?.(one)} />);

export const storyCardsOf = (stories: readonly StoryCardFragment[]) =>
  stories.map((story) => <StoryCard key={story.id} story={story} />);

type StoryEdge = ArtifactQuery['artifacts'][number]['storiesConnection']['edges'][number];

/** The stories that show an artifact, each with the role that it has there. */
export const showingCardsOf = (edges: readonly StoryEdge[]) =>
  edges.map(({ node, properties: { role, isPrimary } }) => {
    const note = `${roleWords[role]}${isPrimary ? '' : ', an alternative'}`;
    return <StoryCard key={`${node.id} ${role}`} story={node} note={note} />;
  });

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

/** What a step used or made, as far as it did. */
export function StepShelf({ title, of }: { title: string; of: Connection }) {
  if (of.totalCount === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <Shelf small total={of.totalCount}>
        {cardsOf(nodesOf(of))}
      </Shelf>
    </>
  );
}

export function AndMore({ hidden }: { hidden: number }) {
  return hidden > 0 && <p className="soft">and {count(hidden, 'more', 'more')}</p>;
}
