import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type PointerEvent } from 'react';
import type { ArtifactCardFragment } from '../api/operations.js';
import { fieldsOf, request } from '../api/http.js';
import { contentPath, useBytes } from '../api/use-bytes.js';
import { isDrawable } from './thumb.js';
import { duration, titleOf } from './words.js';

/** Plays a sound along its outline; where the outline cannot be drawn, along a line. */
export function SoundPlayer({ artifact }: { artifact: ArtifactCardFragment }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const peaks = usePeaks(artifact);
  const { address } = useBytes(contentPath(artifact.id));
  const said = fieldsOf(artifact.metadata).duration;
  const [length, setLength] = useState(typeof said === 'number' ? said : 0);
  const toggle = () => void (playing ? audio.current?.pause() : audio.current?.play());
  const seek = (time: number) => {
    if (audio.current) audio.current.currentTime = time;
    setAt(time);
  };
  return (
    <div className="sound box">
      <button type="button" className="play" onClick={toggle} aria-label={playing ? 'Pause' : 'Play'}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4.5 2.5v11l9-5.500z'} />
        </svg>
      </button>
      <div className="sound-outline">
        <Outline peaks={peaks} part={length > 0 ? at / length : 0} onSeek={(part) => seek(part * length)} />
        <input
          type="range"
          min={0}
          max={length || 1}
          step={0.1}
          value={at}
          aria-label={`Place in ${titleOf(artifact)}`}
          aria-valuetext={`${duration(at)} of ${duration(length)}`}
          onChange={(event) => seek(Number(event.target.value))}
        />
      </div>
      <span className="sound-time">
        {duration(at)} / {duration(length)}
      </span>
      <audio
        ref={audio}
        src={address ?? undefined}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={({ currentTarget: { duration: found } }) =>
          Number.isFinite(found) && setLength(found)
        }
      />
    </div>
  );
}

function usePeaks({ id, mimeType }: ArtifactCardFragment): number[] {
  const { data } = useQuery({
    queryKey: ['waveform', id],
    enabled: isDrawable(mimeType),
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const path = `/api/v1/artifacts/${encodeURIComponent(id)}/waveform`;
      const { peaks } = fieldsOf(await (await request(path, { signal })).json());
      return Array.isArray(peaks) ? peaks.filter((peak) => typeof peak === 'number') : [];
    },
  });
  return data ?? [];
}

interface OutlineProps {
  peaks: number[];
  /** What has been played, 0 to 1. */
  part: number;
  onSeek: (part: number) => void;
}

function Outline({ peaks, part, onSeek }: OutlineProps) {
  const click = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onSeek((event.clientX - box.left) / box.width);
  };
  const bars = peaks.map((peak, index) => {
    const height = Math.max(1, peak * 46);
    return `M${index * 2 + 1} ${24 - height / 2}v${height}`;
  });
  const heard = Math.round(part * bars.length);
  return (
    <svg
      viewBox={`0 0 ${Math.max(2, bars.length * 2)} 48`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onPointerDown={click}
    >
      <path className="heard" d={bars.slice(0, heard).join('')} />
      <path d={bars.slice(heard).join('')} />
    </svg>
  );
}
