import { Link, useSearchParams } from 'wouter';
import { RunsDocument } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { runHref, storyHref } from '../parts/cards.js';
import { Time } from '../parts/marks.js';
import { Pager } from '../parts/pager.js';
import { Answered, Empty } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { count, statusWord, workflowWords } from '../parts/words.js';

/** The runs, newest first. */
export default function RunsPage() {
  useTitle('Runs');
  const [params] = useSearchParams();
  const answer = useAnswer(RunsDocument, { first: 50, after: params.get('after') }, { keep: true });
  return (
    <Answered of={answer}>
      {({ runsConnection: { edges, totalCount, pageInfo } }) => (
        <>
          <h1>{count(totalCount, 'run')}</h1>
          {totalCount === 0 && (
            <Empty title="No run yet">
              <p>A workflow that records what it does begins with POST /api/v1/artifacts/runs.</p>
            </Empty>
          )}
          <ul className="rows">
            {edges.map(({ node }) => (
              <li key={node.id}>
                <Link href={runHref(node.id)}>{workflowWords[node.workflowType]}</Link>
                <span className={`status status-${node.status.toLowerCase()}`}>
                  {statusWord(node.status)}
                </span>
                <span>
                  {node.story && (
                    <Link href={storyHref(node.story.id)}>{node.story.title ?? 'Untitled story'}</Link>
                  )}
                </span>
                <Time at={node.createdAt} />
              </li>
            ))}
          </ul>
          <Pager next={pageInfo} />
        </>
      )}
    </Answered>
  );
}
