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
import { useAddress, type Change, type LineageState } from '../lineage/use-address.js';
import type { Answer } from '../lineage/join-lineages.js';
import { useOpened } from '../lineage/use-opened.js';
import { useScene, type Placed, type Scene } from '../lineage/use-scene.js';
import { useWay } from '../lineage/use-way.js';
import { artifactHref } from '../parts/cards.js';
import { Answered } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { count, titleOf } from '../parts/words.js';
import '../styles/lineage.css';

/** Where an artifact came from and what was made from it, from left to right in the order of making. */
export default function LineagePage({ id }: { id: string }) {
  const [state, change] = useAddress();
  const { direction, depth, limit, types } = state;
  const answer = useAnswer(LineageDocument, { id, direction, depth, limit, types }, { keep: true });
  useTitle(answer.data && `Lineage of ${titleOf(answer.data.lineage.artifact)}`);
  return (
    <Answered of={answer} cards={4}>
      {({ lineage }) => <LineageView first={lineage} state={state} change={change} />}
    </Answered>
  );
}

interface ViewProps {
  state: LineageState;
  change: (change: Change) => void;
}

function LineageView({ first, state, change }: ViewProps & { first: Answer }) {
  const answer = useOpened(first, state);
  const scene = useScene(answer, state.opened);
  const { artifact } = answer;
  return (
    <article className="lineage">
      <header className="page-head">
        <p className="soft">
          Lineage of <Link href={artifactHref(artifact.id)}>this artifact</Link>
        </p>
        <h1>{titleOf(artifact)}</h1>
      </header>
      <Toolbar state={state} change={change} scene={scene} id={artifact.id} />
      <Said answer={answer} scene={scene} state={state} change={change} />
      {state.impact && <Impact id={artifact.id} />}
      {scene ? (
        <Picture scene={scene} middle={artifact.id} state={state} change={change} />
      ) : (
        <div className="stage" aria-busy="true" />
      )}
    </article>
  );
}

/** How much there is, how much of it is hidden, and how to see more. */
function Said({ answer, scene, state, change }: ViewProps & { answer: Answer; scene: Scene | null }) {
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
          . <strong>There is more:</strong> this ends {state.depth.toLocaleString('en')} steps away, and at{' '}
          {state.limit.toLocaleString('en')} artifacts; {count(beyond, 'way leads', 'ways lead')} on.{' '}
          <button
            type="button"
            onClick={() =>
              change({ limit: String(state.limit * 5), depth: String(Math.min(1000, state.depth * 2)) })
            }
          >
            Show more
          </button>
        </>
      )}
    </p>
  );
}

interface PictureProps extends ViewProps {
  scene: Scene;
  middle: string;
}

function Picture({ scene, middle, state, change }: PictureProps) {
  const [, navigate] = useLocation();
  const [hovered, setHovered] = useState<string | null>(null);
  const help = useRef<HTMLDialogElement>(null);
  const way = useWay(state.other, state.selected);
  const lit = useMemo(
    () =>
      hovered === null && way && way.length > 0
        ? placesOf(scene, way)
        : litWays(scene, hovered ?? state.selected),
    [scene, hovered, state.selected, way],
  );
  const unfold = (key: string) => change({ open: [...state.opened, key].join(',') });
  const more = ({ key }: Placed, ...cuts: (keyof Cut)[]) =>
    key.startsWith(foldMark)
      ? unfold(key)
      : change({ more: [...state.more, ...cuts.map((side) => `${side} ${key}`)].join('|') });
  const act = (action: Action, item: Placed) => {
    const { key, cut } = item;
    if (action === 'open' && key.startsWith(foldMark)) unfold(key);
    else if (action === 'open') navigate(artifactHref(key));
    if (action === 'fold') change({ open: '' });
    if (action === 'compare') change({ with: key });
    if (action === 'more') more(item, ...sides.filter((side) => cut[side] > 0));
    if (action === 'help') help.current?.showModal();
  };
  const look = (at: string) => change({ at });
  const select = (key: string) => change({ sel: key });
  return (
    <div className="lineage-body">
      <Stage
        scene={scene}
        middle={middle}
        selected={state.selected}
        lit={lit}
        onSelect={select}
        onHover={setHovered}
        onMore={more}
        at={state.at}
        onLook={look}
      />
      <Inspector scene={scene} state={state} change={change} />
      <details className="twin-box">
        <summary>As a list, for the keyboard</summary>
        <Twin scene={scene} selected={state.selected ?? middle} onSelect={select} onAct={act} />
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
