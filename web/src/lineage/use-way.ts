import { WayDocument, type WayQuery } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';

/** The shortest way between two artifacts, in the order of making; [] where neither was made from the other, undefined until it is known. */
export function useWay(from: string | null, to: string | null): WayQuery['there'] | undefined {
  const both = from !== null && to !== null && from !== to;
  const { data } = useAnswer(WayDocument, { from: from ?? '', to: to ?? '' }, { enabled: both });
  if (!both || !data) return undefined;
  return data.there.length > 0 ? data.there : data.back;
}
