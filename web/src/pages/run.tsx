import { Link } from 'wouter';
import { RunDocument, StepPartsDocument, type RunQuery, type RunStage } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { AndMore, cardsOf, nodesOf, Shelf, StepShelf, storyHref } from '../parts/cards.js';
import { JsonTree } from '../parts/json-tree.js';
import { Code } from '../parts/marks.js';
import { RunTimeline } from '../parts/run-timeline.js';
import { Answered, NotThere } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { useOpen } from '../parts/use-open.js';
import { workflowWords } from '../parts/words.js';

type Run = RunQuery['runs'][number];
const stages: RunStage[] = ['GENERATED', 'REVIEWED', 'APPROVED', 'FAILED'];

/** One run: its steps on a time line, what went into each and came out, and the artifacts by stage. */
export default function RunPage({ id }: { id: string }) {
  const answer = useAnswer(RunDocument, { id });
  useTitle('Run');
  return (
    <Answered of={answer} cards={2}>
      {({ runs: [run] }) => (run ? <RunView run={run} /> : <NotThere name={`run ${id}`} />)}
    </Answered>
  );
}

function RunView({ run }: { run: Run }) {
  return (
    <article>
      <header className="page-head">
        <p className="soft">Run</p>
        <h1>
          {workflowWords[run.workflowType]}
          {run.story && (
            <>
              {' for '}
              <Link href={storyHref(run.story.id)} className="story-title">
                {run.story.title ?? 'an untitled story'}
              </Link>
            </>
          )}
        </h1>
        <p className="soft">
          <Code value={run.id} name="run id" />{' '}
          {run.externalId && <Code value={run.externalId} name="external id" />}
        </p>
      </header>
      <RunTimeline run={run} />
      <section aria-labelledby="steps">
        <h2 id="steps">Steps</h2>
        {nodesOf(run.stepsConnection).map((step) => (
          <StepParts key={step.id} id={step.id} name={step.name.replaceAll('_', ' ')} />
        ))}
      </section>
      <Stages run={run} />
      <AndMore hidden={run.artifactsConnection.totalCount - run.artifactsConnection.edges.length} />
      {run.summary !== null && (
        <section aria-labelledby="summary">
          <h2 id="summary">Summary</h2>
          <JsonTree value={run.summary} />
        </section>
      )}
    </article>
  );
}

/** A step's inputs and outputs, asked for when it is opened. */
function StepParts({ id, name }: { id: string; name: string }) {
  const opening = useOpen(id);
  const { data } = useAnswer(StepPartsDocument, { id }, { enabled: opening.open });
  const step = data?.steps[0];
  return (
    <details className="step" {...opening}>
      <summary>{name}</summary>
      {step && (
        <>
          {step.promptHash !== null && (
            <p className="soft">
              Prompt hash <Code value={step.promptHash} name="prompt hash" />
            </p>
          )}
          <StepShelf title="It used" of={step.usesConnection} />
          <StepShelf title="It made" of={step.artifactsConnection} />
          <h3>Input</h3>
          <JsonTree value={step.input} />
          <h3>Output</h3>
          <JsonTree value={step.output} />
        </>
      )}
    </details>
  );
}

function Stages({ run: { artifactsConnection } }: { run: Run }) {
  return stages.map((stage) => {
    const reached = artifactsConnection.edges.filter(({ properties }) => properties.stage === stage);
    if (reached.length === 0) return null;
    return (
      <section key={stage} aria-label={stage.toLowerCase()}>
        <h2>{stage[0] + stage.slice(1).toLowerCase()}</h2>
        <Shelf>{cardsOf(nodesOf({ edges: reached }))}</Shelf>
      </section>
    );
  });
}
