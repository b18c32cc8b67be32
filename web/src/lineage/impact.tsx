import { ImpactDocument, type ArtifactCardFragment } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { cardsOf, Shelf, storyCardsOf } from '../parts/cards.js';
import { Answered } from '../parts/status.js';
import { count, titleOf } from '../parts/words.js';
import { csvOf, save } from './export.js';

/** So many cards of each are shown; the file has all. */
const most = 60;

/** What a recall of an artifact would reach: the published first, and the stories that show any of it. */
export function Impact({ id }: { id: string }) {
  const answer = useAnswer(ImpactDocument, { id });
  return (
    <Answered of={answer} cards={4}>
      {({ impact: { published, stories, totalCount, truncated } }) => (
        <section aria-labelledby="impact" className="impact">
          <h2 id="impact">
            A recall would reach {count(totalCount, 'artifact')}
            {truncated && ' and more'}, {published.length.toLocaleString('en')} of them published, in{' '}
            {count(stories.length, 'story', 'stories')}.
          </h2>
          <button type="button" onClick={() => save(`recall-${id}.csv`, titlesOf(published), 'text/csv')}>
            Published ones as CSV
          </button>
          <Shelf total={published.length}>{cardsOf(published.slice(0, most))}</Shelf>
          <Shelf total={stories.length}>{storyCardsOf(stories.slice(0, most))}</Shelf>
        </section>
      )}
    </Answered>
  );
}

const titlesOf = (artifacts: readonly ArtifactCardFragment[]) =>
  csvOf([['id', 'title'], ...artifacts.map((one) => [one.id, titleOf(one)])]);
