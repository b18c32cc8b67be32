import { useState } from 'react';
import type { ArtifactType, LifecycleState } from '../api/operations.js';
import { ago, exact, kindWords } from './words.js';

const kindPaths: Record<ArtifactType, string> = {
  IMAGE: 'M2.5 3h11v10h-11zM2.5 11l3.5-4 3 3 2-2 2.5 2.5M10.2 5.8h.1',
  AUDIO: 'M3 6v4M5.5 4v8M8 2.5v11M10.5 5v6M13 6.5v3',
  VIDEO: 'M2 4h9v8H2zM11 7l3-2v6l-3-2',
  TEXT: 'M3 4h10M3 8h10M3 12h6',
  JSON: 'M6 2.5C3.5 2.5 5.5 8 3 8c2.5 0 .5 5.5 3 5.500M10 2.500c2.5 0 .5 5.5 3 5.5-2.5 0-.5 5.5-3 5.5',
};

export function KindIcon({ kind }: { kind: ArtifactType }) {
  return (
    <svg className="kind-icon" viewBox="0 0 16 16" role="img" aria-label={kindWords[kind]}>
      <path d={kindPaths[kind]} />
    </svg>
  );
}

/** A state has a shape and a word: hollow ring, half-filled, filled with a tick, struck through. */
export function StateMark({ state, bare = false }: { state: LifecycleState; bare?: boolean }) {
  const word = state.toLowerCase();
  return (
    <span className={`state state-${word}`} title={word}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <StateShape state={state} />
      </svg>
      <span className={bare ? 'unseen' : undefined}>{word}</span>
    </span>
  );
}

function StateShape({ state }: { state: LifecycleState }) {
  if (state === 'PUBLISHED')
    return (
      <>
        <circle cx="8" cy="8" r="6.5" className="filled" />
        <path d="M5 8.300l2.1 2.100L11 6.2" className="tick" />
      </>
    );
  return (
    <>
      <circle cx="8" cy="8" r="5.5" />
      {state === 'CANDIDATE' && <path d="M8 2.500a5.5 5.5 0 0 1 0 11z" className="filled" />}
      {state === 'ARCHIVED' && <path d="M2.5 13.500l11-11" />}
    </>
  );
}

export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(at)}
    </time>
  );
}

/** An id or a hash, shortened in the middle; a click copies all of it. */
export function Code({ value, name }: { value: string; name: string }) {
  const [copied, setCopied] = useState(false);
  const short = value.length > 20 ? `${value.slice(0, 8)}…${value.slice(-6)}` : value;
  const copy = () => {
    void navigator.clipboard.writeText(value).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  };
  return (
    <button type="button" className="code" title={value} onClick={copy}>
      {copied ? 'copied' : short}
      <span className="unseen">, copy the {name}</span>
    </button>
  );
}
