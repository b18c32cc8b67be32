import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { ArtifactDocument } from '../api/operations.js';
import { fieldsOf } from '../api/http.js';
import { contentPath, useBytes } from '../api/use-bytes.js';
import { useAnswer } from '../api/use-answer.js';
import { artifactHref } from '../parts/cards.js';
import { Medium } from '../parts/medium.js';
import { Answered, Empty } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { kindWords, size, stateWords, titleOf } from '../parts/words.js';
import type { FullArtifact } from './artifact.js';

/** Two artifacts, two takes above all: the media beside each other, and only what differs. */
export default function ComparePage() {
  useTitle('Compare');
  const [params] = useSearchParams();
  const [a, b] = [params.get('a') ?? '', params.get('b') ?? ''];
  const enabled = a !== '' && b !== '';
  const answers = [
    useAnswer(ArtifactDocument, { id: a }, { enabled }),
    useAnswer(ArtifactDocument, { id: b }, { enabled }),
  ] as const;
  const missing = (
    <Empty title="Choose two to compare">
      <p>
        In a lineage, choose one artifact, press “Compare with another”, and choose the other. Begin with{' '}
        <Link href="/lineage">the newest</Link>.
      </p>
    </Empty>
  );
  if (!enabled) return missing;
  return (
    <Answered of={answers[0]} cards={2}>
      {({ artifacts: [one] }) => (
        <Answered of={answers[1]} cards={2}>
          {({ artifacts: [other] }) => (one && other ? <CompareView a={one} b={other} /> : missing)}
        </Answered>
      )}
    </Answered>
  );
}

function CompareView({ a, b }: { a: FullArtifact; b: FullArtifact }) {
  const pictures = a.type === 'IMAGE' && b.type === 'IMAGE' && a.content && b.content && sameSize(a, b);
  return (
    <article>
      <h1 className="unseen">Compare</h1>
      {pictures && <Slider a={a} b={b} />}
      <div className="beside">
        {[a, b].map((one) => (
          <section key={one.id} aria-label={titleOf(one)}>
            <h2>
              <Link href={artifactHref(one.id)}>{titleOf(one)}</Link>
            </h2>
            {!pictures && <Medium artifact={one} />}
          </section>
        ))}
      </div>
      <Differences a={a} b={b} />
    </article>
  );
}

function sameSize(a: FullArtifact, b: FullArtifact): boolean {
  const [one, other] = [fieldsOf(a.metadata), fieldsOf(b.metadata)];
  return one.width !== undefined && one.width === other.width && one.height === other.height;
}

/** One picture over the other, up to where the slider stands. */
function Slider({ a, b }: { a: FullArtifact; b: FullArtifact }) {
  const [part, setPart] = useState(50);
  const [under, over] = [useBytes(contentPath(a.id)), useBytes(contentPath(b.id))];
  return (
    <figure className="slider">
      <div>
        {under.address !== null && <img src={under.address} alt={titleOf(a)} />}
        {over.address !== null && (
          <img src={over.address} alt={titleOf(b)} style={{ clipPath: `inset(0 0 0 ${part}%)` }} />
        )}
      </div>
      <input
        type="range"
        aria-label="How much of the first one shows"
        value={part}
        onChange={({ target }) => setPart(Number(target.value))}
      />
    </figure>
  );
}

function factsOf(one: FullArtifact): [string, ReactNode][] {
  const step = one.createdBy;
  return [
    ['Kind', kindWords[one.type]],
    ['State', stateWords[one.lifecycleState]],
    ['Type', one.mimeType],
    ['Size', one.sizeBytes === null ? null : size(one.sizeBytes)],
    ['SHA-256', one.contentHash],
    ['Agent', one.createdByAgent],
    ['Safety score', one.safetyScore],
    ['Step', step?.name.replaceAll('_', ' ')],
    ['Model', step?.model],
    ['Prompt hash', step?.promptHash],
    ['Step used', step?.uses.map(titleOf).join(', ')],
    ['Made from', one.derivedFromConnection.edges.map(({ node }) => titleOf(node)).join(', ')],
    ['Other take of', one.variantOfConnection.edges.map(({ node }) => titleOf(node)).join(', ')],
    ...Object.entries(fieldsOf(one.metadata)).map(([name, value]): [string, string] => [
      name.replaceAll('_', ' '),
      JSON.stringify(value),
    ]),
  ];
}

function Differences({ a, b }: { a: FullArtifact; b: FullArtifact }) {
  const [one, other] = [new Map(factsOf(a)), new Map(factsOf(b))];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  const differing = names.filter((name) => (one.get(name) ?? '') !== (other.get(name) ?? ''));
  return (
    <section aria-labelledby="differs">
      <h2 id="differs">What differs</h2>
      {differing.length === 0 && <p className="soft">Nothing that is recorded.</p>}
      {differing.length > 0 && (
        <table className="differences">
          <thead>
            <tr>
              <td />
              <th scope="col">{titleOf(a)}</th>
              <th scope="col">{titleOf(b)}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{one.get(name) ?? '—'}</td>
                <td>{other.get(name) ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
