/** Consecutive samples between -1 and 1, one array a channel, all of one length. */
export interface Samples {
  channels: Float32Array[];
  /** Hertz. */
  sampleRate: number;
}
