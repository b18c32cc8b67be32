import { useSearchParams } from 'wouter';
import { HomeDocument, NewestDocument } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { cardsOf, nodesOf, Shelf, storyCardsOf } from '../parts/cards.js';
import { Time } from '../parts/marks.js';
import { Pager } from '../parts/pager.js';
import { Answered, Empty } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { count } from '../parts/words.js';

const pageSize = 24;

/** The stories as cards, newest first, and what was made lately. */
export function HomePage() {
  useTitle(null);
  const [params] = useSearchParams();
  const after = params.get('after');
  const stories = useAnswer(HomeDocument, { first: pageSize, after }, { keep: true });
  return (
    <>
      <h1 className="unseen">Stories</h1>
      <Answered of={stories} cards={12}>
        {({ storiesConnection }) =>
          storiesConnection.totalCount === 0 ? (
            <NoStories />
          ) : (
            <section aria-labelledby="stories">
              <h2 id="stories">{count(storiesConnection.totalCount, 'story', 'stories')}</h2>
              <div className="shelf shelf-stories">{storyCardsOf(nodesOf(storiesConnection))}</div>
              <Pager next={storiesConnection.pageInfo} />
            </section>
          )
        }
      </Answered>
      {after === null && <Newest />}
    </>
  );
}

function Newest() {
  const newest = useAnswer(NewestDocument, { limit: 12 });
  return (
    <section aria-labelledby="lately">
      <h2 id="lately">Made lately</h2>
      <Answered of={newest} cards={6}>
        {({ artifacts }) => (
          <Shelf>{cardsOf(artifacts, ({ createdAt }) => ({ note: <Time at={createdAt} /> }))}</Shelf>
        )}
      </Answered>
    </section>
  );
}

function NoStories() {
  return (
    <Empty title="No story yet">
      <p>Import the old workshop, or the sample:</p>
      <pre>npx artifact-graph legacy import SOURCE --media-root DIR</pre>
      <pre>npm start -- --sample</pre>
    </Empty>
  );
}
