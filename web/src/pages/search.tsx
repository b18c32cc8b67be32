import { useSearchParams } from 'wouter';
import { SearchDocument } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { ArtifactCard, Shelf, StoryCard } from '../parts/cards.js';
import { Answered, Empty } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { count } from '../parts/words.js';

const most = 60;

/** What was typed into the search box, best first: stories, then artifacts. */
export default function SearchPage() {
  const [params] = useSearchParams();
  const text = (params.get('q') ?? '').trim();
  useTitle(text === '' ? 'Search' : `Search for ${text}`);
  return text === '' ? (
    <Empty title="Search">
      <p>Type a title, words of a description, an agent, a step or an id.</p>
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
          {stories.length > 0 && (
            <Shelf>
              {stories.map((story) => (
                <StoryCard key={story.id} story={story} />
              ))}
            </Shelf>
          )}
          {artifacts.length > 0 && (
            <Shelf>
              {artifacts.map((artifact) => (
                <ArtifactCard key={artifact.id} artifact={artifact} />
              ))}
            </Shelf>
          )}
        </>
      )}
    </Answered>
  );
}
