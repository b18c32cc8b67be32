import { useState } from 'react';
import type { ArtifactCardFragment } from '../api/operations.js';
import { contentPath, useBytes } from '../api/use-bytes.js';
import { titleOf } from './words.js';

const scales = [1, 2, 4, 8];

/** A picture that fits, and comes nearer by its buttons; then it is moved by scrolling. */
export function Picture({ artifact }: { artifact: ArtifactCardFragment }) {
  const [step, setStep] = useState(0);
  const { address, failed } = useBytes(contentPath(artifact.id));
  const scale = scales[step] ?? 1;
  if (failed) return <p className="no-bytes">Its bytes cannot be read.</p>;
  return (
    <figure>
      <div className="picture-frame box" tabIndex={0} role="region" aria-label="Picture">
        {address !== null && (
          <img src={address} alt={titleOf(artifact)} style={{ width: `${scale * 100}%` }} />
        )}
      </div>
      <figcaption className="zoom soft">
        <button type="button" disabled={step === 0} onClick={() => setStep(step - 1)} aria-label="Farther">
          −
        </button>
        <span>{scale === 1 ? 'fitted' : `${scale} times`}</span>
        <button
          type="button"
          disabled={step === scales.length - 1}
          onClick={() => setStep(step + 1)}
          aria-label="Nearer"
        >
          +
        </button>
        {address !== null && (
          <a href={address} download>
            Download
          </a>
        )}
      </figcaption>
    </figure>
  );
}
