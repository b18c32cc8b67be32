import type { ArtifactType, RunStatus, StepStatus, StoryRole, WorkflowType } from '../api/operations.js';
import { fieldsOf } from '../api/http.js';

/** What a kind of artifact is called. */
export const kindWords: Record<ArtifactType, string> = {
  IMAGE: 'Picture',
  AUDIO: 'Sound',
  VIDEO: 'Film',
  TEXT: 'Text',
  JSON: 'Data',
};
export const roleWords: Record<StoryRole, string> = {
  COVER: 'Cover',
  FINAL_AUDIO: 'Narration',
  FINAL_VIDEO: 'Film',
  SCENE_IMAGE: 'Scene pictures',
  STORY_TEXT: 'Text',
};
export const workflowWords: Record<WorkflowType, string> = {
  IMAGE_TO_STORY: 'Drawing to story',
  INTERACTIVE_STORY: 'Interactive story',
  NEWS_TO_KIDS: 'News for children',
  KIDS_DAILY: 'Daily question',
  MORNING_SHOW: 'Morning show',
};
export const statusWord = (status: RunStatus | StepStatus) =>
  status === 'PENDING' ? 'not started' : status.toLowerCase();

/** "1 picture", "2,140 pictures". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

const steps: [number, Intl.RelativeTimeFormatUnit][] = [
  [60, 'second'],
  [60, 'minute'],
  [24, 'hour'],
  [7, 'day'],
  [4.35, 'week'],
  [12, 'month'],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "3 days ago", in the largest unit that is at least one. */
export function ago(time: string, now = Date.now()): string {
  let value = (Date.parse(time) - now) / 1000;
  for (const [size, unit] of steps) {
    if (Math.abs(value) < size) return relative.format(Math.round(value), unit);
    value /= size;
  }
  return relative.format(Math.round(value), 'year');
}

const exactFormat = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' });
export const exact = (time: string) => exactFormat.format(new Date(time));

/** Seconds as m:ss, below ten with tenths. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** Bytes as people say them: kB and MB of a thousand. */
export function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const step = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  const value = bytes / 1000 ** step;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[step - 1]}`;
}

export const titleOf = ({ description, type }: { description: string | null; type: ArtifactType }) =>
  description?.trim() || `${kindWords[type]} without a description`;

/** What the metadata say in a few words: "1,200 × 800", "0:19". */
export function measure(metadata: unknown): string | null {
  const { width, height, duration: seconds } = fieldsOf(metadata);
  const parts: string[] = [];
  if (typeof width === 'number' && typeof height === 'number') parts.push(`${width} × ${height}`);
  if (typeof seconds === 'number') parts.push(duration(seconds));
  return parts.length > 0 ? parts.join(', ') : null;
}
