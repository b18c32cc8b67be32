import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { loadCard } from '../api/load-artifacts.js';
import { KindIcon, StateMark } from '../parts/marks.js';
import { Thumb } from '../parts/thumb.js';
import { count, kindWords, titleOf } from '../parts/words.js';
import { Cuts, type CutsProps } from './cuts.js';
import { cardHeight, cardWidth, type Placed } from './use-scene.js';

interface ItemCardProps {
  item: Placed;
  isMiddle: boolean;
  isSelected: boolean;
  isDim: boolean;
  onHover: (key: string | null) => void;
  onMore: CutsProps['onMore'];
}

/** What an item is called: its title, or how many of what it holds. */
export function nameOf({ members }: Pick<Placed, 'members'>): string {
  const [first] = members;
  if (!first) return '';
  if (members.length === 1) return titleOf(first);
  const maker = first.createdBy?.name.replaceAll('_', ' ');
  return `${count(members.length, kindWords[first.type].toLowerCase())}${maker ? ` of ${maker}` : ''}`;
}

/** A card of the lineage; a fold is a stack of three. */
export const ItemCard = memo(function ItemCard(props: ItemCardProps) {
  const { item, isMiddle, isSelected, isDim, onHover, onMore } = props;
  const [first] = item.members;
  if (!first) return null;
  const marks = [
    item.members.length > 1 && 'is-fold',
    isMiddle && 'is-middle',
    isSelected && 'is-selected',
    isDim && 'is-dim',
  ];
  const hovers = {
    onPointerEnter: () => onHover(item.key),
    onPointerLeave: () => onHover(null),
  };
  return (
    <>
      <div
        className={['item card box', ...marks.filter(Boolean)].join(' ')}
        style={{ left: item.x, top: item.y, width: cardWidth, height: cardHeight }}
        {...hovers}
      >
        <div className="item-thumbs">
          {item.members.slice(0, 3).map(({ id }) => (
            <LazyThumb key={id} id={id} />
          ))}
        </div>
        <div className="item-title card-title">{nameOf(item)}</div>
        <div className="card-facts row">
          <KindIcon kind={first.type} />
          {item.members.length === 1 && <StateMark state={first.lifecycleState} bare />}
          <span className="item-maker">{first.createdBy?.name.replaceAll('_', ' ')}</span>
        </div>
      </div>
      <Cuts item={item} hovers={hovers} onMore={onMore} />
    </>
  );
});

function LazyThumb({ id }: { id: string }) {
  const { data } = useQuery({ queryKey: ['card', id], queryFn: () => loadCard(id), staleTime: Infinity });
  return data ? <Thumb artifact={data} /> : <div className="thumb" />;
}
