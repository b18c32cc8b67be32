import type { RelationType } from '../api/operations.js';
import { request } from '../api/http.js';
import { dashes } from './draw.js';
import { save, toCsv, toPng, toSvg } from './export.js';
import { directions, relationTypes, useAddress, type LineageState } from './use-address.js';
import { shellWord } from '../../../src/model/text.js';
import type { Scene } from './use-scene.js';

const directionWords = {
  BOTH: 'both',
  UPSTREAM: 'what it was made from',
  DOWNSTREAM: 'what was made from it',
};
const relationWords: Record<RelationType, string> = {
  DERIVED_FROM: 'made from',
  VARIANT_OF: 'other take of',
  TRANSCODED_FROM: 'encoded again',
};

/** What is asked for, the legend, and the ways to take it along. */
export function Toolbar({ scene, id }: { scene: Scene | null; id: string }) {
  const [state, change] = useAddress();
  const toggle = (type: RelationType) => {
    const types = state.types.includes(type)
      ? state.types.filter((one) => one !== type)
      : [...state.types, type];
    change({ types: types.length === relationTypes.length ? '' : types.join(',').toLowerCase() });
  };
  return (
    <div className="toolbar row">
      <label>
        <span className="unseen">Which way</span>
        <select
          value={state.direction}
          onChange={({ target }) =>
            change({ direction: Object.entries(directions).find(([key]) => key === target.value)?.[1] ?? '' })
          }
        >
          {Object.entries(directionWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label className="depth">
        Steps
        <input
          type="number"
          min={1}
          max={1000}
          value={state.depth}
          onChange={({ target }) => change({ depth: target.value })}
        />
      </label>
      <fieldset className="legend row">
        <legend className="unseen">Relations</legend>
        {relationTypes.map((type) => (
          <label key={type}>
            <input type="checkbox" checked={state.types.includes(type)} onChange={() => toggle(type)} />
            <svg viewBox="0 0 40 8" aria-hidden="true">
              <path d="M1 4h38" strokeDasharray={dashes[type].join(' ')} />
            </svg>
            {relationWords[type]}
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        aria-pressed={state.impact}
        onClick={() => change({ mode: state.impact ? '' : 'impact' })}
      >
        What a recall would reach
      </button>
      {scene && <Folds scene={scene} />}
      {scene && <Exports scene={scene} id={id} />}
    </div>
  );
}

function Folds({ scene }: { scene: Scene }) {
  const [{ opened }, change] = useAddress();
  if (scene.hidden > 0)
    return (
      <button type="button" onClick={() => change({ open: 'all' })}>
        Unfold all {scene.hidden.toLocaleString('en')}
      </button>
    );
  if (opened.size === 0) return null;
  return (
    <button type="button" onClick={() => change({ open: '' })}>
      Fold what is alike
    </button>
  );
}

type Taken = [words: string, ending: string, take: () => string | Promise<string | Blob>, type?: string];

/** What can be taken along: what it is called, how its file ends, what is in it, and of which type that is. */
function takesOf(scene: Scene, id: string, { direction, depth, limit, types }: LineageState): Taken[] {
  const documentOf = async (format: string) => {
    const query = new URLSearchParams([
      ['format', format],
      ['direction', direction.toLowerCase()],
      ['depth', String(depth)],
      ['limit', String(limit)],
      ...types.map((type) => ['relation_type', type.toLowerCase()]),
    ]);
    return (await request(`/api/v1/artifacts/${encodeURIComponent(id)}/lineage/document?${query}`)).text();
  };
  return [
    ['SVG', 'svg', () => toSvg(scene), 'image/svg+xml'],
    ['PNG', 'png', () => toPng(scene)],
    ['CSV', 'csv', () => toCsv(scene), 'text/csv'],
    ['Tree', 'txt', () => documentOf('tree')],
    ['Graphviz', 'dot', () => documentOf('dot')],
    ['Mermaid', 'mmd', () => documentOf('mermaid')],
    ['PROV', 'prov.json', () => documentOf('prov')],
    ['JSON', 'json', () => documentOf('json')],
  ];
}

function Exports({ scene, id }: { scene: Scene; id: string }) {
  const [state] = useAddress();
  const keep = async ([, ending, take, type]: Taken) => save(`lineage-${id}.${ending}`, await take(), type);
  return (
    <details className="exports">
      <summary className="button">Take along</summary>
      <div className="box">
        {takesOf(scene, id, state).map((taken) => (
          <button key={taken[0]} type="button" onClick={() => void keep(taken)}>
            {taken[0]}
          </button>
        ))}
        <p className="soft">The same on the command line:</p>
        <pre>{`npx artifact-graph lineage ${shellWord(id)} --format prov`}</pre>
      </div>
    </details>
  );
}
