import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { LineageDocument, type LineageQuery, type LineageDirection } from '../api/operations.js';
import { answerOf } from '../api/use-answer.js';
import { groupBy } from '../parts/group-by.js';
import { join, type Answer } from './join-lineages.js';
import type { LineageState } from './use-address.js';

/** So many come at once behind a cut. */
const page = 1000;

const loaded = (results: UseQueryResult<LineageQuery>[]) =>
  results.flatMap(({ data }) => (data ? [data.lineage] : []));

/** A lineage with what was asked for behind its cuts. */
export function useOpened(answer: Answer, { more, types }: LineageState): Answer {
  const parts = useQueries({
    queries: [...groupBy(more, (cut) => cut)].map(([cut, { length }]) => {
      const id = cut.slice(cut.indexOf(' ') + 1);
      const direction: LineageDirection = cut.startsWith('UP') ? 'UPSTREAM' : 'DOWNSTREAM';
      return answerOf(LineageDocument, { id, direction, depth: 1, limit: page * length, types });
    }),
    combine: loaded,
  });
  return useMemo(() => parts.reduce(join, answer), [answer, parts]);
}
