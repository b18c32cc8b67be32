import { Link } from 'wouter';
import { ArtifactActions } from '../actions/artifact-actions.js';
import { ArtifactDocument, type ArtifactQuery } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { artifactHref, cardsOf, nodesOf, Shelf, showingCardsOf, type Connection } from '../parts/cards.js';
import { History } from '../audit/history.js';
import { KindIcon, StateMark } from '../parts/marks.js';
import { Medium } from '../parts/medium.js';
import { Answered, NotThere } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { kindWords, titleOf } from '../parts/words.js';
import { ArtifactFacts, Maker } from './artifact-facts.js';

export type FullArtifact = ArtifactQuery['artifacts'][number];

/** One artifact: the medium, what is known of it, what it was made from and used for, who shows it. */
export default function ArtifactPage({ id }: { id: string }) {
  const answer = useAnswer(ArtifactDocument, { id });
  const found = answer.data?.artifacts[0];
  useTitle(found ? titleOf(found) : 'Artifact');
  return (
    <Answered of={answer} cards={2}>
      {() => (found ? <ArtifactView artifact={found} /> : <NotThere name={`artifact ${id}`} />)}
    </Answered>
  );
}

function ArtifactView({ artifact }: { artifact: FullArtifact }) {
  return (
    <article>
      <header className="page-head">
        <p className="soft">
          <KindIcon kind={artifact.type} /> {kindWords[artifact.type]}
        </p>
        <h1>{titleOf(artifact)}</h1>
        <div className="actions">
          <StateMark state={artifact.lifecycleState} />
          <Link href={`${artifactHref(artifact.id)}/lineage`} className="button">
            Lineage
          </Link>
          <ArtifactActions artifact={artifact} />
        </div>
      </header>
      <div className="artifact-body columns">
        <div className="artifact-medium">
          <Medium artifact={artifact} />
        </div>
        <ArtifactFacts artifact={artifact} />
      </div>
      <Maker artifact={artifact} />
      <Relations artifact={artifact} />
      <ShownBy artifact={artifact} />
      <History id={artifact.id} />
    </article>
  );
}

function Relations({ artifact }: { artifact: FullArtifact }) {
  const groups: [string, Connection][] = [
    ['Made from', artifact.derivedFromConnection],
    ['Other take of', artifact.variantOfConnection],
    ['The same in another encoding', artifact.transcodedFromConnection],
    ['Used for', artifact.derivativesConnection],
    ['Other takes', artifact.variantsConnection],
    ['Encoded again as', artifact.transcodesConnection],
  ];
  return groups.map(([name, connection]) =>
    connection.totalCount === 0 ? null : (
      <section key={name} aria-label={name}>
        <h2>{name}</h2>
        <Shelf total={connection.totalCount}>{cardsOf(nodesOf(connection))}</Shelf>
      </section>
    ),
  );
}

function ShownBy({ artifact: { storiesConnection } }: { artifact: FullArtifact }) {
  const { edges, totalCount } = storiesConnection;
  return (
    <section aria-labelledby="shown-by">
      <h2 id="shown-by">Shown by</h2>
      {totalCount === 0 && <p className="soft">No story shows it.</p>}
      <Shelf total={totalCount}>{showingCardsOf(edges)}</Shelf>
    </section>
  );
}
