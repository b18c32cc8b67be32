import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { fieldsOf } from '../api/http.js';
import { runHref, StepShelf, storyHref } from '../parts/cards.js';
import { JsonTree } from '../parts/json-tree.js';
import { Code, Time } from '../parts/marks.js';
import { measure, size, workflowWords } from '../parts/words.js';
import type { FullArtifact } from './artifact.js';

/** What is recorded of an artifact; what is not known is not listed. */
export function ArtifactFacts({ artifact }: { artifact: FullArtifact }) {
  const facts: [string, ReactNode][] = [
    ['Made', <Time key="made" at={artifact.createdAt} />],
    ['Type', artifact.mimeType],
    ['Measures', measure(artifact.metadata)],
    ['Size', artifact.sizeBytes === null ? null : size(artifact.sizeBytes)],
    ['SHA-256', artifact.contentHash && <Code key="hash" value={artifact.contentHash} name="hash" />],
    ['Id', <Code key="id" value={artifact.id} name="id" />],
    ['External id', artifact.externalId && <Code key="ext" value={artifact.externalId} name="external id" />],
    ['Agent', artifact.createdByAgent],
    ['Safety score', artifact.safetyScore],
    ['Path', artifact.path],
    ['Address', artifact.url],
  ];
  return (
    <div>
      <dl className="facts">
        {facts.map(([name, value]) =>
          value === null || value === undefined || value === '' ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {Object.keys(fieldsOf(artifact.metadata)).length > 0 && (
        <details>
          <summary>All metadata</summary>
          <JsonTree value={artifact.metadata} />
        </details>
      )}
    </div>
  );
}

/** The step that made it, of which run, with which model and prompt, from what. */
export function Maker({ artifact: { createdBy: step } }: { artifact: FullArtifact }) {
  if (!step) return null;
  const { run } = step;
  return (
    <section aria-labelledby="maker">
      <h2 id="maker">How it was made</h2>
      <p className="sentence">
        By the step <strong>{step.name.replaceAll('_', ' ')}</strong>
        {step.model !== null && (
          <>
            {' '}
            with <strong>{step.model}</strong>
          </>
        )}
        {run && (
          <>
            {' '}
            in a run of <Link href={runHref(run.id)}>{workflowWords[run.workflowType].toLowerCase()}</Link>
          </>
        )}
        {run?.story && (
          <>
            {' '}
            for <Link href={storyHref(run.story.id)}>{run.story.title ?? 'an untitled story'}</Link>
          </>
        )}
        .
      </p>
      {step.promptHash !== null && (
        <p>
          Prompt hash <Code value={step.promptHash} name="prompt hash" />
        </p>
      )}
      <StepShelf title="The step used" of={step.usesConnection} />
    </section>
  );
}
