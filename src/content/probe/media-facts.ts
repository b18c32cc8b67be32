/** Of one track. Pixels as people see the picture, seconds, hertz; rotation in degrees clockwise. */
export type TrackFacts = {
  kind: 'video' | 'audio';
  codec?: string;
  width?: number;
  height?: number;
  rotation?: number;
  frame_rate?: number;
  duration?: number;
  channels?: number;
  sample_rate?: number;
};

/** What can be told of media; the names are those of an artifact's metadata. `codec` is that of the main track. */
export type MediaFacts = Omit<TrackFacts, 'kind'> & {
  video_codec?: string;
  audio_codec?: string;
  /** Where there are several. */
  tracks?: TrackFacts[];
  /** Cut short or broken: not all that the format promises can be read. */
  damaged?: boolean;
  character_count?: number;
  word_count?: number;
  /** Of text that is not UTF-8. */
  charset?: string;
};
