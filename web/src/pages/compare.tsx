import { Link, useSearchParams } from 'wouter';
import { CompareDocument, type CompareQuery } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { DifferenceTable } from '../compare/difference-table.js';
import { MediaBeside } from '../compare/media-beside.js';
import { ArtifactCard, artifactHref, cardsOf, Shelf } from '../parts/cards.js';
import { StateMark } from '../parts/marks.js';
import { Answered, Empty } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { titleOf } from '../parts/words.js';

type Comparison = CompareQuery['compareArtifacts'];

/** Two artifacts, two takes above all: the media beside each other, only what differs, and where their ways part. */
export default function ComparePage() {
  useTitle('Compare');
  const [params] = useSearchParams();
  const [a, b] = [params.get('a') ?? '', params.get('b') ?? ''];
  const enabled = a !== '' && b !== '';
  const answer = useAnswer(CompareDocument, { a, b }, { enabled });
  if (!enabled)
    return (
      <Empty title="Choose two to compare">
        <p>
          In a lineage, choose one artifact, press “Compare with another”, and choose the other. Begin with{' '}
          <Link href="/lineage">the newest</Link>.
        </p>
      </Empty>
    );
  return (
    <Answered of={answer} cards={2}>
      {({ compareArtifacts }) => <CompareView of={compareArtifacts} />}
    </Answered>
  );
}

function CompareView({ of }: { of: Comparison }) {
  const { a, b, facts, making } = of;
  return (
    <article>
      <h1 className="unseen">Compare</h1>
      <div className="beside">
        {[a, b].map((one, place) => (
          <h2 key={place}>
            <Link href={artifactHref(one.id)}>{titleOf(one)}</Link> <StateMark state={one.lifecycleState} />
          </h2>
        ))}
      </div>
      <MediaBeside a={a} b={b} />
      <section aria-labelledby="differs">
        <h2 id="differs">What differs</h2>
        {of.sameContent && <p className="soft">Both have the same bytes.</p>}
        {facts.length + making.length === 0 && <p className="soft">Nothing that is recorded.</p>}
        <DifferenceTable a={a} b={b} rows={[...facts, ...making]} />
      </section>
      <OnlyOf of={of} />
      <Parting of={of} />
    </article>
  );
}

/** What only one of the two was made from. */
function OnlyOf({ of }: { of: Pick<Comparison, 'sourcesOnlyOfA' | 'sourcesOnlyOfB'> }) {
  const sides = [of.sourcesOnlyOfA, of.sourcesOnlyOfB];
  if (sides.every((side) => side.length === 0)) return null;
  return (
    <div className="beside">
      {sides.map((side, place) => (
        <section key={place}>
          <h3>Made only from</h3>
          {side.length === 0 && <p className="soft">Nothing that the other was not made from, too.</p>}
          <Shelf small>{cardsOf(side)}</Shelf>
        </section>
      ))}
    </div>
  );
}

/** The earliest place in which the two ways of making differ. */
function Parting({ of: { a, b, parting, truncated } }: { of: Comparison }) {
  if (!parting) return null;
  return (
    <section aria-labelledby="parting">
      <h2 id="parting">Where their ways part</h2>
      {truncated && <p className="soft">A lineage is so large that not all of it was looked at.</p>}
      <p className="sentence">{sayParting(parting, a, b)}</p>
      {parting.a && parting.b && <FirstToDiffer of={{ ...parting, a: parting.a, b: parting.b }} />}
    </section>
  );
}

type Parted = NonNullable<Comparison['parting']>;
type Card = Comparison['a'];

function FirstToDiffer({ of }: { of: Parted & { a: Card; b: Card } }) {
  return (
    <>
      {of.commonSources.length > 0 && <Shelf small>{cardsOf(of.commonSources)}</Shelf>}
      <h3 className="parting-arrow">From {of.commonSources.length > 0 ? 'these' : 'nothing in common'}</h3>
      <div className="beside">
        <ArtifactCard artifact={of.a} />
        <ArtifactCard artifact={of.b} />
      </div>
      <DifferenceTable a={of.a} b={of.b} rows={of.making} />
      <OnlyOf of={of} />
    </>
  );
}

function sayParting(parting: Parted, a: Card, b: Card): string {
  if (!parting.b) return `“${titleOf(b)}” lies on the way to “${titleOf(a)}”: nothing leads apart.`;
  if (!parting.a) return `“${titleOf(a)}” lies on the way to “${titleOf(b)}”: nothing leads apart.`;
  const begin =
    parting.commonSources.length === 0 ? 'They have no common origin' : 'Up to here all is the same';
  if (parting.a.id === a.id && parting.b.id === b.id)
    return `${begin}: these two themselves are the first to differ.`;
  return `${begin}; these two, on the way to them, are the first to differ.`;
}
