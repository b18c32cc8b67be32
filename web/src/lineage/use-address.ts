import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { LineageDirection, RelationType } from '../api/operations.js';

/** What one sees of a lineage; all of it stands in the address. */
export interface LineageState {
  direction: LineageDirection;
  depth: number;
  limit: number;
  types: RelationType[];
  opened: ReadonlySet<string>;
  /** Cuts behind which more was asked for, in that order: `UPSTREAM id`, `DOWNSTREAM id`. */
  more: readonly string[];
  selected: string | null;
  /** A second artifact, to compare with or to find the way to. */
  other: string | null;
  impact: boolean;
  /** Where a hand moved the view to: "x,y,zoom", the place in its middle. */
  at: string | null;
}

export const directions = { BOTH: 'both', UPSTREAM: 'made-from', DOWNSTREAM: 'used-for' } as const;
export const relationTypes: RelationType[] = ['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'];

type Change = Partial<
  Record<'direction' | 'depth' | 'limit' | 'types' | 'open' | 'more' | 'sel' | 'with' | 'mode' | 'at', string>
>;

/** The state in the address, and the way to change it; an empty value leaves it. */
export function useAddress(): [LineageState, (change: Change) => void] {
  const [params, setParams] = useSearchParams();
  const open = params.get('open') ?? '';
  // The same set as long as the address has the same folds: the drawing is made anew with each other one.
  const opened = useMemo(() => new Set(open.split(',').filter(Boolean)), [open]);
  const state = useMemo(() => ({ ...read(params), opened }), [params, opened]);
  const change = useCallback(
    (changes: Change) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: !('sel' in changes || 'mode' in changes) },
      ),
    [setParams],
  );
  return [state, change];
}

function read(params: URLSearchParams): Omit<LineageState, 'opened'> {
  const word = params.get('direction');
  const direction = word === 'made-from' ? 'UPSTREAM' : word === 'used-for' ? 'DOWNSTREAM' : 'BOTH';
  const asked = (params.get('types') ?? '').split(',');
  const types = relationTypes.filter((type) => asked.includes(type.toLowerCase()));
  return {
    direction,
    depth: whole(params.get('depth'), 20, 1000),
    limit: whole(params.get('limit'), 1000, 100_000),
    types: types.length > 0 ? types : relationTypes,
    more: (params.get('more') ?? '').split('|').filter((cut) => /^(UP|DOWN)STREAM ./.test(cut)),
    selected: params.get('sel'),
    other: params.get('with'),
    impact: params.get('mode') === 'impact',
    at: params.get('at'),
  };
}

function whole(text: string | null, otherwise: number, most: number): number {
  const number = Number(text);
  return text !== null && Number.isInteger(number) && number > 0 ? Math.min(number, most) : otherwise;
}
