import { useEffect, useEffectEvent, type RefObject } from 'react';
import { zoomAt, type SetView, type View } from './view.js';

type Point = Pick<View, 'x' | 'y'>;

/** A drag moves the view, the wheel and two fingers zoom it, a click that is no drag chooses. */
export function useGestures(
  stage: RefObject<HTMLElement | null>,
  setView: SetView,
  onClick: (x: number, y: number) => void,
): void {
  const click = useEffectEvent(onClick);
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const stop = new AbortController();
    const pointers = new Map<number, Point>();
    let travelled = 0;
    const place = (event: { clientX: number; clientY: number }) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      listener: (event: HTMLElementEventMap[K]) => void,
    ) => element.addEventListener(type, listener, { signal: stop.signal, passive: false });
    on('wheel', (event) => {
      event.preventDefault();
      const { x, y } = place(event);
      setView((view) => view && zoomAt(view, Math.exp(-event.deltaY / 400), x, y));
    });
    on('pointerdown', (event) => {
      if (event.target instanceof HTMLElement && event.target.closest('button')) return;
      element.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, place(event));
      travelled = 0;
    });
    on('pointermove', (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = place(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
      setView((view) => view && moved(view, before, now, other));
    });
    on('pointerup', (event) => {
      const was = pointers.get(event.pointerId);
      pointers.delete(event.pointerId);
      if (was && travelled < 6) click(was.x, was.y);
    });
    on('pointercancel', (event) => pointers.delete(event.pointerId));
    return () => stop.abort();
  }, [stage, setView]);
}

function moved(view: View, before: Point, now: Point, other: Point | undefined): View {
  if (!other) return { ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y };
  const factor = distance(now, other) / Math.max(1, distance(before, other));
  return zoomAt(view, factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
