import { z } from 'zod';
import { factsLane } from '../worker/media-lanes.js';
import { WorkFailed } from '../worker/worker-lane.js';
import type { Bytes } from './read-range.js';
import type { MediaFacts, TrackFacts } from './media-facts.js';

const number = z.coerce.number().optional().catch(undefined);
const text = z.string().min(1).optional().catch(undefined);

/** The part of MediaInfo's answer that is used; durations are seconds. */
const track = z.object({
  '@type': z.string(),
  Format: text,
  Format_Version: text,
  Format_Profile: text,
  Width: number,
  Height: number,
  Rotation: number,
  FrameRate: number,
  Duration: number,
  Channels: number,
  SamplingRate: number,
  extra: z.object({ IsTruncated: text }).optional().catch(undefined),
});
const answer = z.object({ media: z.object({ track: z.array(track) }).optional() });

type Track = z.output<typeof track>;

export interface MediaInfo {
  /** MediaInfo's name of the container; null where it knows none. */
  format: string | null;
  kinds: { video: boolean; audio: boolean; image: boolean };
  facts: MediaFacts;
}

/** What MediaInfo says of the bytes; nothing where it cannot read them in time. */
export async function readMediaInfo(source: Bytes): Promise<MediaInfo> {
  const tracks = await readTracks(source);
  const of = (type: string) => tracks.filter((one) => one['@type'] === type);
  const [general] = of('General');
  const [video, audio, image] = [of('Video'), of('Audio'), of('Image')];
  const facts = joinTracks([...video.map(videoFacts), ...audio.map(audioFacts)], image[0]);
  if (general?.extra?.IsTruncated !== undefined) facts.damaged = true;
  if (facts.duration === undefined && video.length + audio.length > 0) {
    Object.assign(facts, drop({ duration: seconds(general?.Duration) }));
  }
  return {
    format: general?.Format ?? null,
    kinds: { video: video.length > 0, audio: audio.length > 0, image: image.length > 0 },
    facts,
  };
}

async function readTracks(source: Bytes): Promise<Track[]> {
  try {
    return (await factsLane.run('readInfo', source, answer)).media?.track ?? [];
  } catch (error) {
    // Bytes that no reader bears are bytes of which nothing is known.
    if (error instanceof WorkFailed) return [];
    throw error;
  }
}

/** The first track of each kind speaks for the whole; all are listed where there are several. */
function joinTracks(tracks: TrackFacts[], image: Track | undefined): MediaFacts {
  const [video, audio] = ['video', 'audio'].map((kind) => tracks.find((one) => one.kind === kind));
  const durations = tracks.flatMap(({ duration }) => duration ?? []);
  return drop({
    width: video?.width ?? (image?.Width || undefined),
    height: video?.height ?? (image?.Height || undefined),
    rotation: video?.rotation,
    frame_rate: video?.frame_rate,
    duration: durations.length > 0 ? Math.max(...durations) : undefined,
    codec: video?.codec ?? audio?.codec,
    video_codec: video?.codec,
    audio_codec: audio?.codec,
    channels: audio?.channels,
    sample_rate: audio?.sample_rate,
    tracks: tracks.length > 1 ? tracks : undefined,
  });
}

/** Width and height as people see the picture; rotation in degrees clockwise from how it is coded. */
function videoFacts({ Format, Width, Height, Rotation, FrameRate, Duration }: Track): TrackFacts {
  const turned = Rotation !== undefined && Math.abs(Rotation) % 180 === 90;
  return drop({
    kind: 'video' as const,
    codec: Format,
    width: (turned ? Height : Width) || undefined,
    height: (turned ? Width : Height) || undefined,
    rotation: Rotation || undefined,
    frame_rate: FrameRate || undefined,
    duration: seconds(Duration),
  });
}

/** Opus is always decoded at 48 kHz, whatever was recorded (RFC 7845, 5.1). */
function audioFacts(given: Track): TrackFacts {
  return drop({
    kind: 'audio' as const,
    codec: audioCodec(given),
    channels: given.Channels || undefined,
    sample_rate: given.Format === 'Opus' ? 48_000 : given.SamplingRate || undefined,
    duration: seconds(given.Duration),
  });
}

function audioCodec({ Format, Format_Version, Format_Profile }: Track): string | undefined {
  if (Format === 'ADPCM' && Format_Profile?.endsWith('-Law')) return Format_Profile;
  if (Format !== 'MPEG Audio') return Format;
  return Format_Version && Format_Profile ? `MPEG ${Format_Version} ${Format_Profile}` : Format;
}

/** A header may state any length; none is longer than thirty years. */
function seconds(duration: number | undefined): number | undefined {
  return duration !== undefined && duration > 0 && duration < 1e9 ? duration : undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function drop<T extends { kind: 'video' | 'audio' }>(facts: T): Defined<T> & Pick<T, 'kind'>;
function drop<T extends object>(facts: T): Defined<T>;
function drop(facts: object): object {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
