import { useQuery } from '@tanstack/react-query';
import { diffLines, diffWords } from 'diff';
import { useRef, useState } from 'react';
import { fieldsOf } from '../api/http.js';
import type { ArtifactCardFragment } from '../api/operations.js';
import { contentPath, useBytes } from '../api/use-bytes.js';
import { loadWords, Medium } from '../parts/medium.js';
import { titleOf } from '../parts/words.js';

interface PairProps {
  a: ArtifactCardFragment;
  b: ArtifactCardFragment;
}

/** Two media in the way that shows best what differs: one over the other, one or the other, or beside each other. */
export function MediaBeside({ a, b }: PairProps) {
  const both = (type: ArtifactCardFragment['type']) => a.type === type && b.type === type;
  const haveBytes = a.content && b.content;
  if (both('IMAGE') && haveBytes && sameSize(a, b)) return <Slider a={a} b={b} />;
  if (both('AUDIO') && haveBytes) return <SoundSwitch a={a} b={b} />;
  if (both('TEXT')) return <Texts a={a} b={b} />;
  return <Beside a={a} b={b} />;
}

function Beside({ a, b }: PairProps) {
  return (
    <div className="beside">
      <Medium artifact={a} />
      <Medium artifact={b} />
    </div>
  );
}

function sameSize(a: ArtifactCardFragment, b: ArtifactCardFragment): boolean {
  const [one, other] = [fieldsOf(a.metadata), fieldsOf(b.metadata)];
  return one.width !== undefined && one.width === other.width && one.height === other.height;
}

/** One picture over the other, up to where the slider stands. */
function Slider({ a, b }: PairProps) {
  const [part, setPart] = useState(50);
  const [under, over] = [useBytes(contentPath(a.id)), useBytes(contentPath(b.id))];
  return (
    <figure className="slider">
      <div>
        {under.address !== null && <img src={under.address} alt={titleOf(a)} />}
        {over.address !== null && (
          <img src={over.address} alt={titleOf(b)} style={{ clipPath: `inset(0 0 0 ${part}%)` }} />
        )}
        <span className="slider-line" style={{ left: `${part}%` }} />
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

/** Two sounds of which one is heard; switching goes on at the same place in time. */
function SoundSwitch({ a, b }: PairProps) {
  const [heard, setHeard] = useState<0 | 1>(0);
  const players = [useRef<HTMLAudioElement>(null), useRef<HTMLAudioElement>(null)] as const;
  const addresses = [useBytes(contentPath(a.id)).address, useBytes(contentPath(b.id)).address];
  const change = (next: 0 | 1) => {
    const [from, to] = [players[heard].current, players[next].current];
    if (from && to && next !== heard) {
      to.currentTime = from.currentTime;
      if (!from.paused) void to.play();
      from.pause();
    }
    setHeard(next);
  };
  return (
    <div className="sound-switch stack">
      <div className="actions" role="group" aria-label="Which one is heard">
        {([0, 1] as const).map((place) => (
          <button key={place} type="button" aria-pressed={heard === place} onClick={() => change(place)}>
            {place === 0 ? `A: ${titleOf(a)}` : `B: ${titleOf(b)}`}
          </button>
        ))}
      </div>
      {players.map((player, place) => (
        <audio
          key={place}
          ref={player}
          controls
          preload="metadata"
          hidden={place !== heard}
          src={addresses[place] ?? undefined}
        />
      ))}
    </div>
  );
}

/** Longer than this together, in characters, texts are compared line by line. */
const longText = 40_000;

/** Two texts as one, with what only one of them has marked. */
function Texts({ a, b }: PairProps) {
  const { data, error } = useQuery({
    queryKey: ['texts', a.id, b.id],
    queryFn: async ({ signal }) => {
      const [one, other] = await Promise.all([loadWords(a, signal), loadWords(b, signal)]);
      if (typeof one !== 'string' || typeof other !== 'string') return null;
      const texts = [one, other] as const;
      if (texts[0].length + texts[1].length > longText) return diffLines(...texts, { timeout: 2000 });
      const intlSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
      return diffWords(...texts, { intlSegmenter, timeout: 2000 });
    },
  });
  if (error) return <p className="no-bytes">{error.message}</p>;
  if (!data) return <Beside a={a} b={b} />;
  return (
    <div className="words box" tabIndex={0} role="region" aria-label="Both texts as one">
      {data.map(({ value, added, removed }, place) => {
        if (removed) return <del key={place}>{value}</del>;
        return added ? <ins key={place}>{value}</ins> : <span key={place}>{value}</span>;
      })}
    </div>
  );
}
