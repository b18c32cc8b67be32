import { count } from '../parts/words.js';
import type { Cut } from './fold.js';
import { cardHeight, cardWidth, type Placed } from './use-scene.js';

export const sides = ['UPSTREAM', 'DOWNSTREAM'] as const;

/** What lies behind a cut, in words. */
export const cutWords = (number: number, side: keyof Cut) =>
  `${count(number, 'more', 'more')} ${side === 'UPSTREAM' ? 'that it was made from' : 'made from it'}`;

export interface CutsProps {
  item: Placed;
  hovers: Pick<React.DOMAttributes<HTMLElement>, 'onPointerEnter' | 'onPointerLeave'>;
  /** Shows what lies behind a cut; of a fold, opens it. */
  onMore: (item: Placed, side: keyof Cut) => void;
}

/** "+ 214 more" at each side of a card where depth or limit cut something off. */
export function Cuts({ item, hovers, onMore }: CutsProps) {
  return sides
    .filter((side) => item.cut[side] > 0)
    .map((side) => (
      <button
        key={side}
        type="button"
        tabIndex={-1}
        className={`more more-${side.toLowerCase()}`}
        style={{ left: item.x + (side === 'UPSTREAM' ? 0 : cardWidth), top: item.y + cardHeight - 40 }}
        title={cutWords(item.cut[side], side)}
        {...hovers}
        onClick={() => onMore(item, side)}
      >
        + {count(item.cut[side], 'more', 'more')}
      </button>
    ));
}
