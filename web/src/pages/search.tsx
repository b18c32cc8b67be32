import { useSearchParams } from 'wouter';
import { SearchDocument, WhereIsDocument } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { cardsOf, Shelf, showingCardsOf, storyCardsOf } from '../parts/cards.js';
import { ChooseFile } from '../frame/dropped-file.js';
import { Code } from '../parts/marks.js';
import { Answered, Empty } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { count } from '../parts/words.js';

const most = 60;

/** What was typed into the search box, best first: stories, then artifacts. */
export default function SearchPage() {
  const [params] = useSearchParams();
  const text = (params.get('q') ?? '').trim();
  const hash = params.get('hash');
  useTitle(text === '' ? 'Search' : `Search for ${text}`);
  if (hash !== null) return <FoundBytes hash={hash} name={params.get('name') ?? 'This file'} />;
  return text === '' ? (
    <Empty title="Search">
      <p>Type a title, words of a description, an agent, a step or an id.</p>
      <ChooseFile />
    </Empty>
  ) : (
    <Found text={text} />
  );
}

function Found({ text }: { text: string }) {
  const answer = useAnswer(SearchDocument, { text, first: most });
  return (
    <Answered of={answer}>
      {({ search: { stories, artifacts, truncated } }) => (
        <>
          <h1>
            {stories.length + artifacts.length === 0
              ? `Nothing is called “${text}”`
              : `${count(stories.length, 'story', 'stories')} and ${count(artifacts.length, 'artifact')} for “${text}”`}
          </h1>
          {truncated && <p className="soft">There are more; more words find fewer.</p>}
          {stories.length > 0 && <Shelf>{storyCardsOf(stories)}</Shelf>}
          {artifacts.length > 0 && <Shelf>{cardsOf(artifacts)}</Shelf>}
        </>
      )}
    </Answered>
  );
}

/** Which artifacts and stories have the bytes of a file. */
function FoundBytes({ hash, name }: { hash: string; name: string }) {
  const answer = useAnswer(WhereIsDocument, { hash });
  return (
    <Answered of={answer}>
      {({ whereIs }) => {
        const links = whereIs.flatMap(({ storiesConnection }) => storiesConnection.edges);
        const shown = whereIs.reduce((sum, { storiesConnection }) => sum + storiesConnection.totalCount, 0);
        return (
          <>
            <h1>
              {whereIs.length === 0
                ? `No artifact has the bytes of ${name}`
                : `${name} is ${count(whereIs.length, 'artifact')}, in ${count(new Set(links.map(({ node }) => node.id)).size, 'story', 'stories')}`}
            </h1>
            <p className="soft">
              SHA-256 <Code value={hash} name="hash" />
            </p>
            <Shelf total={shown}>{showingCardsOf(links)}</Shelf>
            <Shelf>{cardsOf(whereIs)}</Shelf>
            <ChooseFile />
          </>
        );
      }}
    </Answered>
  );
}
