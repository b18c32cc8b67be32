import { useQuery } from '@tanstack/react-query';
import type { ArtifactCardFragment } from '../api/operations.js';
import { fieldsOf, request } from '../api/http.js';
import { loadPayload } from '../api/load-artifacts.js';
import { contentPath, useBytes } from '../api/use-bytes.js';
import { JsonTree } from './json-tree.js';
import { Picture } from './picture.js';
import { SoundPlayer } from './sound-player.js';
import { titleOf } from './words.js';

/** The medium itself: to look at, to hear, to read. */
export function Medium({ artifact }: { artifact: ArtifactCardFragment }) {
  if (artifact.type === 'TEXT' || artifact.type === 'JSON') return <Words artifact={artifact} />;
  if (!artifact.content) return <p className="no-bytes">Its bytes are not kept here.</p>;
  if (artifact.type === 'IMAGE') return <Picture artifact={artifact} />;
  if (artifact.type === 'AUDIO') return <SoundPlayer artifact={artifact} />;
  return <Film artifact={artifact} />;
}

function Film({ artifact }: { artifact: ArtifactCardFragment }) {
  const { address } = useBytes(contentPath(artifact.id));
  const { width, height } = fieldsOf(artifact.metadata);
  const ratio = typeof width === 'number' && typeof height === 'number' ? width / height : 16 / 9;
  // As large as it fits, in its own shape from the start.
  return (
    <div className="film" style={{ aspectRatio: ratio, maxWidth: `calc(var(--tallest, 70vh) * ${ratio})` }}>
      {address !== null && (
        <video src={`${address}#t=0.1`} controls preload="metadata" aria-label={titleOf(artifact)} />
      )}
    </div>
  );
}

/** A long text is shown this far first. */
const firstLetters = 20_000;

/** A text or data: its bytes, or what is kept inline. */
export async function loadWords(
  { id, content }: ArtifactCardFragment,
  signal: AbortSignal,
): Promise<unknown> {
  return content ? (await request(contentPath(id), { signal })).text() : loadPayload(id);
}

function Words({ artifact }: { artifact: ArtifactCardFragment }) {
  const { data, error } = useQuery({
    queryKey: ['words', artifact.id],
    queryFn: ({ signal }) => loadWords(artifact, signal),
  });
  if (error) return <p className="no-bytes">{error.message}</p>;
  if (data === null) return <p className="no-bytes">Its bytes are not kept here.</p>;
  if (data === undefined) return <div className="words box skeleton">&nbsp;</div>;
  const value = artifact.type === 'JSON' && typeof data === 'string' ? parsed(data) : data;
  if (typeof value === 'string') return <LongText text={value} />;
  return <JsonTree value={value} />;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Data that is no JSON is read as it is.
    return text;
  }
}

function LongText({ text }: { text: string }) {
  return (
    <div className="words box" tabIndex={0} role="region" aria-label="Text">
      {text.slice(0, firstLetters)}
      {text.length > firstLetters && (
        <details>
          <summary>{(text.length - firstLetters).toLocaleString('en')} more letters</summary>
          {text.slice(firstLetters)}
        </details>
      )}
    </div>
  );
}
