import { useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { LineageDocument } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { foldMark, type Cut } from '../lineage/fold.js';
import { Impact } from '../lineage/impact.js';
import { Inspector } from '../lineage/inspector.js';
import { litWays, placesOf } from '../lineage/lit-ways.js';
import { Stage } from '../lineage/stage.js';
import { Toolbar } from '../lineage/toolbar.js';
import { sides } from '../lineage/cuts.js';
import { Twin, type Action } from '../lineage/twin.js';
import { useAddress } from '../lineage/use-address.js';
import type { Answer } from '../lineage/join-lineages.js';
import { useOpened } from '../lineage/use-opened.js';
import { useScene, type Placed, type Scene } from '../lineage/use-scene.js';
import { useWay } from '../lineage/use-way.js';
import { artifactHref } from '../parts/cards.js';
import { Answered, Failure } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { count, titleOf } from '../parts/words.js';
import '../styles/lineage.css';

/** Where an artifact came from and what was made from it, from left to right in the order of making. */
export default function LineagePage({ id }: { id: string }) {
  const [{ direction, depth, limit, types }] = useAddress();
  const answer = useAnswer(LineageDocument, { id, direction, depth, limit, types }, { keep: true });
  useTitle(answer.data && `Lineage of ${titleOf(answer.data.lineage.artifact)}`);
  return (
    <Answered of={answer} cards={4}>
      {({ lineage }) => <LineageView first={lineage} isOld={answer.isPlaceholderData} />}
    </Answered>
  );
}

/** Busy until all that the address asks for is drawn. */
function LineageView({ first, isOld }: { first: Answer; isOld: boolean }) {
  const [state] = useAddress();
  const { answer, pending, failed } = useOpened(first, state);
  const [scene, isLate] = useScene(answer, state.opened);
  const { artifact } = answer;
  return (
    <article className="lineage" aria-busy={isOld || pending || isLate}>
      <header className="page-head">
        <p className="soft">
          Lineage of <Link href={artifactHref(artifact.id)}>this artifact</Link>
        </p>
        <h1>{titleOf(artifact)}</h1>
      </header>
      <Toolbar scene={scene} id={artifact.id} />
      <Said answer={answer} scene={scene} />
      {failed.map(({ error, refetch }, n) => (
        <Failure key={n} error={error} retry={() => void refetch()} />
      ))}
      {state.impact && <Impact id={artifact.id} />}
      {scene ? <Picture scene={scene} middle={artifact.id} /> : <div className="stage box" />}
    </article>
  );
}

/** How much there is, how much of it is hidden, and how to see more. */
function Said({ answer, scene }: { answer: Answer; scene: Scene | null }) {
  const [{ depth, limit }, change] = useAddress();
  const beyond = answer.cuts.reduce((sum, { relations }) => sum + relations, 0);
  const folds = scene?.items.filter(({ members }) => members.length > 1).length ?? 0;
  return (
    <p className="said" role="status">
      {answer.totalCount === 1
        ? 'Nothing is recorded that it was made from, and nothing that was made from it.'
        : count(answer.totalCount, 'artifact')}
      {folds > 0 &&
        `, ${count(scene?.hidden ?? 0, 'of them lies', 'of them lie')} in ${count(folds, 'fold')}`}
      {answer.truncated && (
        <>
          . <strong>There is more:</strong> this ends {depth.toLocaleString('en')} steps away, and at{' '}
          {limit.toLocaleString('en')} artifacts; {count(beyond, 'way leads', 'ways lead')} on.{' '}
          <button
            type="button"
            onClick={() => change({ limit: String(limit * 5), depth: String(Math.min(1000, depth * 2)) })}
          >
            Show more
          </button>
        </>
      )}
    </p>
  );
}

function Picture({ scene, middle }: { scene: Scene; middle: string }) {
  const [{ selected, other, opened, more }, change] = useAddress();
  const [, navigate] = useLocation();
  const [hovered, setHovered] = useState<string | null>(null);
  const help = useRef<HTMLDialogElement>(null);
  const way = useWay(other, selected);
  const lit = useMemo(
    () => (hovered === null && way?.length ? placesOf(scene, way) : litWays(scene, hovered ?? selected)),
    [scene, hovered, selected, way],
  );
  const unfold = (key: string) => change({ open: [...opened, key].join(',') });
  const showMore = ({ key }: Placed, ...cuts: (keyof Cut)[]) =>
    key.startsWith(foldMark)
      ? unfold(key)
      : change({ more: [...more, ...cuts.map((side) => `${side} ${key}`)].join('|') });
  const act = (action: Action, item: Placed) => {
    const { key, cut } = item;
    if (action === 'open' && key.startsWith(foldMark)) unfold(key);
    else if (action === 'open') navigate(artifactHref(key));
    if (action === 'fold') change({ open: '' });
    if (action === 'compare') change({ with: key });
    if (action === 'more') showMore(item, ...sides.filter((side) => cut[side] > 0));
    if (action === 'help') help.current?.showModal();
  };
  const select = (key: string) => change({ sel: key });
  return (
    <div className="lineage-body">
      <Stage scene={scene} middle={middle} lit={lit} onHover={setHovered} onMore={showMore} />
      <Inspector scene={scene} />
      <details className="twin-box">
        <summary>As a list, for the keyboard</summary>
        <Twin scene={scene} selected={selected ?? middle} onSelect={select} onAct={act} />
      </details>
      <dialog ref={help} aria-label="Keys">
        <h2>Keys</h2>
        <p>Left and right walk along the relations, up and down through the list.</p>
        <p>Enter opens, Space selects, F folds what is alike, C keeps one to compare with another.</p>
        <p>M shows what was cut off behind an artifact.</p>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </div>
  );
}
