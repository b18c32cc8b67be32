import {
  memo,
  useCallback,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { draw, readInk } from './draw.js';
import type { CutsProps } from './cuts.js';
import { ItemCard } from './item-card.js';
import { useAddress } from './use-address.js';
import { itemOf, type Placed, type Scene } from './use-scene.js';
import { addressOf, centreOn, farZoom, fit, itemAt, itemsIn, keepInPlace, viewAt, zoomAt } from './view.js';
import type { SetView, Size, View } from './view.js';
import { useGestures } from './use-gestures.js';

interface StageProps {
  scene: Scene;
  /** The artifact that was asked for. */
  middle: string;
  /** Places of the items whose ways are lit. */
  lit: ReadonlySet<number>;
  onHover: (key: string | null) => void;
  onMore: CutsProps['onMore'];
}

/** More ties than this in a scene are drawn when the hand rests; until then the last drawing is moved. */
const manyTies = 1200;

/** The window on the lineage: relations on a canvas, and, near enough, cards for what lies in the window. */
export function Stage({ scene, middle, lit, onHover, onMore }: StageProps) {
  const [{ selected }, change] = useAddress();
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useSize(stage, setSize);
  const pointed = useRef<string | null>(null);
  const first = itemOf(scene, middle);
  const [view, setView] = useView(scene, first, pointed, size);
  const [look, forget] = useLook(view, setView, size);
  useDrawing(canvas, scene, view, lit, size);
  useGestures(stage, look, (x, y) => {
    const item = view && itemAt(scene, view, x, y);
    if (item) change({ sel: item.key });
  });
  const hover = useCallback(
    (key: string | null) => {
      pointed.current = key;
      onHover(key);
    },
    [onHover],
  );
  const fitAgain = () => {
    forget();
    if (first) setView(() => fit(scene, first, size));
  };
  const shown = useShown(scene, view, size);
  return (
    <div ref={stage} className="stage box" aria-hidden="true">
      <canvas ref={canvas} />
      {view && (
        <>
          <div
            className="stage-cards"
            style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }}
          >
            <ItemCards {...{ middle, selected, lit, onMore }} shown={shown} onHover={hover} />
          </div>
          <ZoomButtons look={look} size={size} onFit={fitAgain} />
        </>
      )}
    </div>
  );
}

/** Where one looks: at first as the address says, else at the middle; then where the hand goes, and at what is chosen. */
function useView(
  scene: Scene,
  first: Placed | undefined,
  /** What the hand is on. */
  pointed: React.RefObject<string | null>,
  size: Size,
) {
  const [{ selected, at }] = useAddress();
  const [view, setView] = useState<View | null>(null);
  useEffect(() => {
    if (size.width > 0 && first) setView((now) => now ?? viewAt(at, size) ?? fit(scene, first, size));
  }, [size, first, scene, at]);
  const before = useRef(scene);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = scene;
    if (last !== scene)
      setView((now) => now && keepInPlace(now, last, scene, [pointed.current, selected], size));
  }, [scene, pointed, selected, size]);
  const chosenFirst = useRef(selected);
  const showChosen = useEffectEvent(() => {
    const item = itemOf(scene, selected);
    if (item && (at === null || selected !== chosenFirst.current))
      setView((now) => (now && !isInside(now, item, size) ? centreOn(item, now.zoom, size) : now));
  });
  // Not when the hand moves the view, which may leave behind what is chosen.
  useEffect(() => showChosen(), [selected, scene, size]);
  return [view, setView] as const;
}

interface Shown {
  scene: Scene;
  items: readonly Placed[];
}

/** What is near enough for cards. Hundreds may come at once, so they come a little later than the hand moves. */
function useShown(scene: Scene, view: View | null, size: Size): Shown {
  const { x, y, zoom } = coarse(view ?? { x: 0, y: 0, zoom: 0 });
  const now = useMemo(
    () => ({ scene, items: zoom >= farZoom ? itemsIn(scene, { x, y, zoom }, size, 0.25) : [] }),
    [scene, x, y, zoom, size],
  );
  const late = useDeferredValue(now);
  // Those of another scene lie elsewhere.
  return late.scene === scene ? late : now;
}

interface ItemCardsProps extends Pick<StageProps, 'middle' | 'lit' | 'onHover' | 'onMore'> {
  shown: Shown;
  selected: string | null;
}

const ItemCards = memo(function ItemCards({ shown, middle, selected, lit, onHover, onMore }: ItemCardsProps) {
  return shown.items.map((item) => (
    <ItemCard
      key={item.key}
      item={item}
      isMiddle={item.key === middle}
      isSelected={item.key === selected}
      isDim={lit.size > 0 && !lit.has(shown.scene.placeOf.get(item.key) ?? -1)}
      onHover={onHover}
      onMore={onMore}
    />
  ));
});

/** The ways for a hand to move the view, and to leave it; where it rests comes into the address. */
function useLook(view: View | null, setView: SetView, size: Size): [look: SetView, forget: () => void] {
  const [{ at }, change] = useAddress();
  const moved = useRef(at !== null);
  useEffect(() => {
    const here = view && addressOf(view, size);
    if (!moved.current || here === null || here === at) return;
    const timer = setTimeout(() => change({ at: here }), 300);
    return () => clearTimeout(timer);
  }, [view, size, at, change]);
  const look = useCallback<SetView>(
    (next) => {
      moved.current = true;
      setView(next);
    },
    [setView],
  );
  const forget = () => {
    moved.current = false;
    change({ at: '' });
  };
  return [look, forget];
}

/** The view in steps of a quarter of a window, so that cards are chosen anew only now and then. */
const step = 240;
function coarse(view: View): View {
  return { ...view, x: Math.round(view.x / step) * step, y: Math.round(view.y / step) * step };
}

function isInside({ x, y, zoom }: View, item: { x: number; y: number }, size: Size) {
  const [px, py] = [x + item.x * zoom, y + item.y * zoom];
  return px > 0 && py > 0 && px < size.width - 160 * zoom && py < size.height - 120 * zoom;
}

function useSize(element: React.RefObject<HTMLElement | null>, setSize: (size: Size) => void): void {
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, setSize]);
}

function useDrawing(
  ref: React.RefObject<HTMLCanvasElement | null>,
  scene: Scene,
  view: View | null,
  lit: ReadonlySet<number>,
  { width, height }: Size,
): void {
  const drawn = useRef<{ view: View; scene: Scene } | null>(null);
  useLayoutEffect(() => {
    const canvas = ref.current;
    if (!canvas || !view || width === 0) return;
    const paint = () => {
      canvas.width = width * window.devicePixelRatio;
      canvas.height = height * window.devicePixelRatio;
      canvas.style.transform = '';
      draw(canvas, { scene, view, lit, ink: readInk(canvas.parentElement ?? document.body) });
      drawn.current = { view, scene };
    };
    const last = drawn.current;
    if (scene.ties.length < manyTies || last?.scene !== scene) {
      paint();
      return;
    }
    const ratio = view.zoom / last.view.zoom;
    canvas.style.transform = `translate(${view.x - last.view.x * ratio}px, ${view.y - last.view.y * ratio}px) scale(${ratio})`;
    const timer = setTimeout(paint, 90);
    return () => clearTimeout(timer);
  }, [ref, scene, view, lit, width, height]);
}

function ZoomButtons({ look, size, onFit }: { look: SetView; size: Size; onFit: () => void }) {
  const zoom = (by: number) => look((now) => now && zoomAt(now, by, size.width / 2, size.height / 2));
  return (
    <div className="stage-zoom">
      <button type="button" tabIndex={-1} onClick={() => zoom(1.4)}>
        +
      </button>
      <button type="button" tabIndex={-1} onClick={() => zoom(1 / 1.4)}>
        −
      </button>
      <button type="button" tabIndex={-1} onClick={onFit}>
        Fit
      </button>
    </div>
  );
}
