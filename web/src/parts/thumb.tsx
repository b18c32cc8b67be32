import type { ArtifactCardFragment } from '../api/operations.js';
import { contentPath, previewPath, useBytes } from '../api/use-bytes.js';
import { useBeginning } from './beginnings.js';
import { KindIcon } from './marks.js';

/** Sounds whose outline the service can draw. */
const drawable = /^audio\/(mpeg|mp3|ogg|opus|wav|x-wav|wave|vnd\.wave)\b/;
export const isDrawable = (mimeType: string | null) => drawable.test(mimeType ?? '');

/** The medium itself, small: the picture, a sound's outline, a film's frame, the beginning of a text. */
export function Thumb({ artifact, size = 256 }: { artifact: ArtifactCardFragment; size?: 256 | 512 }) {
  const { type, content, mimeType } = artifact;
  if (type === 'TEXT' || type === 'JSON') return <Beginning artifact={artifact} />;
  if (!content) return <Placeholder artifact={artifact} />;
  if (type === 'VIDEO') return <Frame artifact={artifact} />;
  if (type === 'AUDIO' && !isDrawable(mimeType)) return <Placeholder artifact={artifact} />;
  return <Preview artifact={artifact} size={size} />;
}

function Placeholder({ artifact }: { artifact: ArtifactCardFragment }) {
  return (
    <div className="thumb thumb-empty soft">
      <KindIcon kind={artifact.type} />
    </div>
  );
}

function Preview({ artifact, size }: { artifact: ArtifactCardFragment; size: 256 | 512 }) {
  const { address, failed } = useBytes(previewPath(artifact.id, size));
  if (failed) return <Placeholder artifact={artifact} />;
  return (
    <div className={`thumb thumb-${artifact.type.toLowerCase()}`}>
      {address !== null && <img src={address} alt="" loading="lazy" decoding="async" />}
    </div>
  );
}

/** A film's first picture worth seeing; one second in is past most fades. */
function Frame({ artifact }: { artifact: ArtifactCardFragment }) {
  const { address } = useBytes(contentPath(artifact.id));
  return (
    <div className="thumb thumb-video">
      {address !== null && (
        <video src={`${address}#t=1`} preload="metadata" muted playsInline tabIndex={-1} aria-hidden="true" />
      )}
      <span className="thumb-badge">
        <KindIcon kind="VIDEO" />
      </span>
    </div>
  );
}

function Beginning({ artifact }: { artifact: ArtifactCardFragment }) {
  const text = useBeginning(artifact);
  if (text === null) return <Placeholder artifact={artifact} />;
  return (
    <div className={`thumb thumb-text ${artifact.type === 'JSON' ? 'thumb-json' : ''}`} aria-hidden="true">
      {text}
    </div>
  );
}
