import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { groupBy } from '../parts/group-by.js';
import { count, kindWords } from '../parts/words.js';
import { cutWords, sides } from './cuts.js';
import { nameOf } from './item-card.js';
import type { Placed, Scene } from './use-scene.js';

interface TwinProps {
  scene: Scene;
  selected: string | null;
  onSelect: (key: string) => void;
  onAct: (action: Action, item: Placed) => void;
}

/** What a key does to an item. */
export type Action = 'open' | 'fold' | 'compare' | 'more' | 'help';

/** So many rows around the chosen one are in the page; the rest are told by their number. */
const reach = 60;

/** The lineage as a list that says the same as the picture, for the keyboard and for screen readers. */
export function Twin({ scene, selected, onSelect, onAct }: TwinProps) {
  const list = useRef<HTMLDivElement>(null);
  const order = useMemo(() => [...scene.items].sort((a, b) => a.layer - b.layer || a.y - b.y), [scene]);
  const sources = useMemo(() => groupBy(scene.ties, ({ product }) => product), [scene]);
  const countSources = ({ key }: Placed) => sources.get(scene.placeOf.get(key) ?? -1)?.length ?? 0;
  const index = Math.max(
    0,
    order.findIndex(({ key }) => key === selected),
  );
  const start = Math.max(0, index - reach);
  const hasFocus = useRef(false);
  useEffect(() => {
    if (hasFocus.current) list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [selected, scene]);
  const press = (event: KeyboardEvent, item: Placed) => {
    const next = step(event.key, item, order, scene);
    const action = actions[event.key];
    if (!next && !action) return;
    event.preventDefault();
    if (next) onSelect(next.key);
    if (action) onAct(action, item);
    if (event.key === ' ') onSelect(item.key);
  };
  return (
    <div
      ref={list}
      role="tree"
      aria-label="The lineage as a list"
      className="twin"
      onFocus={() => (hasFocus.current = true)}
      onBlur={() => (hasFocus.current = false)}
    >
      {order.slice(start, index + reach).map((item, offset) => (
        <div
          key={item.key}
          role="treeitem"
          data-node-id={item.key}
          aria-level={item.layer + 1}
          aria-setsize={order.length}
          aria-posinset={start + offset + 1}
          aria-selected={item.key === selected}
          aria-expanded={item.members.length > 1 ? false : undefined}
          tabIndex={start + offset === index ? 0 : -1}
          onClick={() => onSelect(item.key)}
          onKeyDown={(event) => press(event, item)}
        >
          <span>{nameOf(item)}</span>
          <span className="soft">{sayItem(item, countSources(item))}</span>
        </div>
      ))}
    </div>
  );
}

const actions: Partial<Record<string, Action>> = {
  Enter: 'open',
  f: 'fold',
  c: 'compare',
  m: 'more',
  '?': 'help',
};

function sayItem({ members, depth, cut }: Placed, sources: number): string {
  const [first] = members;
  if (!first) return '';
  const state = members.length === 1 ? `, ${first.lifecycleState.toLowerCase()}` : ', folded';
  const from = sources > 0 ? `, made from ${sources}` : '';
  const more = sides.map((side) => (cut[side] > 0 ? `, + ${cutWords(cut[side], side)}` : ''));
  return `${kindWords[first.type]}${state}${from}, ${count(depth, 'step')} away${more.join('')}`;
}

/** Left and right walk along a relation, up and down within the list. */
function step(key: string, item: Placed, order: Placed[], scene: Scene): Placed | undefined {
  const { items, ties, placeOf } = scene;
  const at = order.indexOf(item);
  const place = placeOf.get(item.key);
  if (key === 'ArrowUp') return order[at - 1];
  if (key === 'ArrowDown') return order[at + 1];
  if (key === 'Home') return order[0];
  if (key === 'End') return order.at(-1);
  if (key === 'ArrowLeft') return items[ties.find(({ product }) => product === place)?.source ?? -1];
  if (key === 'ArrowRight') return items[ties.find(({ source }) => source === place)?.product ?? -1];
  return undefined;
}
