import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ArtifactActions } from '../actions/artifact-actions.js';
import { loadCard } from '../api/load-artifacts.js';
import { AndMore, ArtifactCard, artifactHref } from '../parts/cards.js';
import { StateMark } from '../parts/marks.js';
import { Medium } from '../parts/medium.js';
import { titleOf } from '../parts/words.js';
import { nameOf } from './item-card.js';
import { useAddress } from './use-address.js';
import { itemOf, type Placed, type Scene } from './use-scene.js';
import { useWay } from './use-way.js';

/** What is chosen, larger, with what can be done with it. */
export function Inspector({ scene }: { scene: Scene }) {
  const [{ selected }, change] = useAddress();
  const item = itemOf(scene, selected);
  if (!item) return null;
  return (
    <aside className="inspector box" aria-label="Chosen">
      <button type="button" className="plain close" onClick={() => change({ sel: '' })}>
        Close
      </button>
      {item.members.length > 1 ? <FoldView item={item} /> : <ArtifactView id={item.key} />}
    </aside>
  );
}

function FoldView({ item }: { item: Placed }) {
  const [{ opened }, change] = useAddress();
  return (
    <>
      <h2>{nameOf(item)}</h2>
      <p className="actions">
        <button type="button" onClick={() => change({ open: [...opened, item.key].join(',') })}>
          Open in place
        </button>
      </p>
      <ul className="plain-list stack">
        {item.members.slice(0, 50).map((member) => (
          <li key={member.id}>
            <StateMark state={member.lifecycleState} bare />{' '}
            <Link href={artifactHref(member.id)}>{titleOf(member)}</Link>
          </li>
        ))}
      </ul>
      <AndMore hidden={item.members.length - 50} />
    </>
  );
}

function ArtifactView({ id }: { id: string }) {
  const [state, change] = useAddress();
  const { data: artifact } = useQuery({ queryKey: ['card', id], queryFn: () => loadCard(id) });
  if (!artifact) return <h2>&nbsp;</h2>;
  const other = state.other !== null && state.other !== id ? state.other : null;
  return (
    <>
      <h2>{titleOf(artifact)}</h2>
      <Medium artifact={artifact} />
      <div className="actions">
        <StateMark state={artifact.lifecycleState} />
        <Link href={artifactHref(id)} className="button">
          Open
        </Link>
        <Link href={`${artifactHref(id)}/lineage`} className="button">
          Its lineage
        </Link>
        <ArtifactActions artifact={artifact} />
        {other === null ? (
          <button type="button" aria-pressed={state.other === id} onClick={() => change({ with: id })}>
            Compare with another
          </button>
        ) : (
          <Link
            href={`/compare?a=${encodeURIComponent(other)}&b=${encodeURIComponent(id)}`}
            className="button"
          >
            Compare
          </Link>
        )}
      </div>
      {state.other === id && <p className="soft">Now choose another one.</p>}
      {other !== null && <Way from={other} to={id} onForget={() => change({ with: '' })} />}
    </>
  );
}

function Way({ from, to, onForget }: { from: string; to: string; onForget: () => void }) {
  const way = useWay(from, to);
  return (
    <section aria-labelledby="way">
      <h3 id="way">The way between the two</h3>
      {way?.length === 0 && <p className="soft">Neither was made from the other.</p>}
      <ol className="way stack">
        {way?.map((artifact) => (
          <li key={artifact.id}>
            <ArtifactCard artifact={artifact} />
          </li>
        ))}
      </ol>
      <button type="button" onClick={onForget}>
        Forget the other one
      </button>
    </section>
  );
}
