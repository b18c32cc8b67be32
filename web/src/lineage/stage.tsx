import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { draw, readInk } from './draw.js';
import type { CutsProps } from './cuts.js';
import { ItemCard } from './item-card.js';
import { itemOf, type Placed, type Scene } from './use-scene.js';
import { addressOf, centreOn, farZoom, fit, itemAt, itemsIn, keepInPlace, viewAt, zoomAt } from './view.js';
import type { Size, View } from './view.js';
import { useGestures } from './use-gestures.js';

interface StageProps {
  scene: Scene;
  /** The artifact that was asked for. */
  middle: string;
  selected: string | null;
  /** Places of the items whose ways are lit. */
  lit: ReadonlySet<number>;
  onSelect: (key: string) => void;
  onHover: (key: string | null) => void;
  onMore: CutsProps['onMore'];
  /** The view that the address says, and what is told when a hand has moved it; '' for the first view. */
  at: string | null;
  onLook: (at: string) => void;
}

/** More ties than this in a scene are drawn when the hand rests; until then the last drawing is moved. */
const manyTies = 1200;

/** The window on the lineage: relations on a canvas, and, near enough, cards for what lies in the window. */
export function Stage(props: StageProps) {
  const { scene, middle, selected, lit, onSelect, onHover, onMore, at, onLook } = props;
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useSize(stage, setSize);
  const pointed = useRef<string | null>(null);
  const first = itemOf(scene, middle);
  const [view, setView] = useView(scene, { first, selected, pointed, at }, size);
  const [look, fitAgain] = useLook([view, setView], { scene, first, size, onLook, at });
  useDrawing(canvas, scene, view, lit, size);
  useGestures(stage, look, (x, y) => {
    const item = view && itemAt(scene, view, x, y);
    if (item) onSelect(item.key);
  });
  const hover = useCallback(
    (key: string | null) => {
      pointed.current = key;
      onHover(key);
    },
    [onHover],
  );
  const { x, y, zoom } = coarse(view ?? { x: 0, y: 0, zoom: 0 });
  const shown = useMemo(
    () => (zoom >= farZoom ? itemsIn(scene, { x, y, zoom }, size) : []),
    [scene, x, y, zoom, size],
  );
  return (
    <div ref={stage} className="stage" aria-hidden="true">
      <canvas ref={canvas} />
      {view && (
        <div
          className="stage-cards"
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }}
        >
          {shown.map((item) => (
            <ItemCard
              key={item.key}
              item={item}
              isMiddle={item.key === middle}
              isSelected={item.key === selected}
              isDim={lit.size > 0 && !lit.has(scene.placeOf.get(item.key) ?? -1)}
              onHover={hover}
              onMore={onMore}
            />
          ))}
        </div>
      )}
      {view && (
        <ZoomButtons
          onZoom={(by) => look((now) => now && zoomAt(now, by, size.width / 2, size.height / 2))}
          onFit={fitAgain}
        />
      )}
    </div>
  );
}

interface Marks {
  first: Placed | undefined;
  selected: string | null;
  /** What the hand is on. */
  pointed: React.RefObject<string | null>;
  at: string | null;
}

/** Where one looks: at first as the address says, else at the middle; then where the hand goes, and at what is chosen. */
function useView(scene: Scene, { first, selected, pointed, at }: Marks, size: Size) {
  const [view, setView] = useState<View | null>(null);
  useEffect(() => {
    if (size.width > 0 && first)
      setView((now) => now ?? viewAt(at, size) ?? fit(scene, first, size.width, size.height));
  }, [size, first, scene, at]);
  const before = useRef(scene);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = scene;
    if (last !== scene)
      setView((now) => now && keepInPlace(now, last, scene, [pointed.current, selected], size));
  }, [scene, pointed, selected, size]);
  const chosenBefore = useRef(selected);
  useEffect(() => {
    const item = itemOf(scene, selected);
    if (item && (at === null || selected !== chosenBefore.current))
      setView((now) =>
        now && !isInside(now, item, size) ? centreOn(item, now.zoom, size.width, size.height) : now,
      );
  }, [selected, scene, size, at]);
  return [view, setView] as const;
}

type SetView = (change: (view: View | null) => View | null) => void;

/** The ways for a hand to move the view, and to fit it again; where it rests comes into the address. */
function useLook(
  [view, setView]: readonly [View | null, SetView],
  {
    scene,
    first,
    size,
    onLook,
    at,
  }: Pick<StageProps, 'scene' | 'onLook' | 'at'> & { first: Placed | undefined; size: Size },
): [look: SetView, fitAgain: () => void] {
  const moved = useRef(at !== null);
  const told = useRef(onLook);
  useEffect(() => {
    told.current = onLook;
  });
  useEffect(() => {
    const here = view && addressOf(view, size);
    if (!moved.current || here === null || here === at) return;
    const timer = setTimeout(() => told.current(here), 300);
    return () => clearTimeout(timer);
  }, [view, size, at]);
  const look = useCallback<SetView>(
    (change) => {
      moved.current = true;
      setView(change);
    },
    [setView],
  );
  const fitAgain = () => {
    moved.current = false;
    if (first) setView(() => fit(scene, first, size.width, size.height));
    onLook('');
  };
  return [look, fitAgain];
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
      draw(canvas, scene, view, lit, readInk(canvas.parentElement ?? document.body));
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

function ZoomButtons({ onZoom, onFit }: { onZoom: (factor: number) => void; onFit: () => void }) {
  return (
    <div className="stage-zoom">
      <button type="button" tabIndex={-1} onClick={() => onZoom(1.4)}>
        +
      </button>
      <button type="button" tabIndex={-1} onClick={() => onZoom(1 / 1.4)}>
        −
      </button>
      <button type="button" tabIndex={-1} onClick={onFit}>
        Fit
      </button>
    </div>
  );
}
