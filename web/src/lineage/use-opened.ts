import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { LineageDocument, type LineageQuery, type LineageDirection } from '../api/operations.js';
import { answerOf } from '../api/use-answer.js';
import { groupBy } from '../parts/group-by.js';
import { join, type Answer } from './join-lineages.js';
import type { LineageState } from './use-address.js';

/** So many come at once behind a cut. */
const page = 1000;

const combine = (results: UseQueryResult<LineageQuery>[]) => ({
  parts: results.flatMap(({ data }) => (data ? [data.lineage] : [])),
  pending: results.some(({ isPending }) => isPending),
  failed: results.filter(({ isError }) => isError),
});

/**
 * A lineage with what was asked for behind its cuts, as far as that is there: `pending` while some is on its way,
 * `failed` where some could not be had.
 */
export function useOpened(first: Answer, { more, types }: LineageState) {
  const { parts, pending, failed } = useQueries({
    queries: [...groupBy(more, (cut) => cut)].map(([cut, { length }]) => {
      const id = cut.slice(cut.indexOf(' ') + 1);
      const direction: LineageDirection = cut.startsWith('UP') ? 'UPSTREAM' : 'DOWNSTREAM';
      return answerOf(LineageDocument, { id, direction, depth: 1, limit: page * length, types });
    }),
    combine,
  });
  const answer = useMemo(() => parts.reduce(join, first), [first, parts]);
  return { answer, pending, failed };
}
