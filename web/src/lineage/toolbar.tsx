import type { RelationType } from '../api/operations.js';
import { request } from '../api/http.js';
import { dashes } from './draw.js';
import { save, toCsv, toPng, toSvg } from './export.js';
import { directions, relationTypes, type Change, type LineageState } from './use-address.js';
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

interface ToolbarProps {
  state: LineageState;
  change: (change: Change) => void;
  scene: Scene | null;
  id: string;
}

/** What is asked for, the legend, and the ways to take it along. */
export function Toolbar({ state, change, scene, id }: ToolbarProps) {
  const toggle = (type: RelationType) => {
    const types = state.types.includes(type)
      ? state.types.filter((one) => one !== type)
      : [...state.types, type];
    change({ types: types.length === relationTypes.length ? '' : types.join(',').toLowerCase() });
  };
  return (
    <div className="toolbar">
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
      <fieldset className="legend">
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
      {scene && <Folds state={state} change={change} scene={scene} />}
      {scene && <Exports scene={scene} id={id} state={state} />}
    </div>
  );
}

function Folds({
  state,
  change,
  scene,
}: {
  state: LineageState;
  change: (change: Change) => void;
  scene: Scene;
}) {
  if (scene.hidden > 0)
    return (
      <button type="button" onClick={() => change({ open: 'all' })}>
        Unfold all {scene.hidden.toLocaleString('en')}
      </button>
    );
  if (state.opened.size === 0) return null;
  return (
    <button type="button" onClick={() => change({ open: '' })}>
      Fold what is alike
    </button>
  );
}

/** Documents that the service writes: what they are called, and how their files end. */
const documents = {
  tree: ['Tree', 'txt'],
  dot: ['Graphviz', 'dot'],
  mermaid: ['Mermaid', 'mmd'],
  prov: ['PROV', 'prov.json'],
  json: ['JSON', 'json'],
} as const;

async function takeDocument(id: string, state: LineageState, format: string): Promise<string> {
  const { direction, depth, limit, types } = state;
  const query = new URLSearchParams([
    ['format', format],
    ['direction', direction.toLowerCase()],
    ['depth', String(depth)],
    ['limit', String(limit)],
    ...types.map((type) => ['relation_type', type.toLowerCase()]),
  ]);
  return (await request(`/api/v1/artifacts/${encodeURIComponent(id)}/lineage/document?${query}`)).text();
}

function Exports({ scene, id, state }: { scene: Scene; id: string; state: LineageState }) {
  const name = `lineage-${id}`;
  return (
    <details className="exports">
      <summary className="button">Take along</summary>
      <div>
        <button type="button" onClick={() => save(`${name}.svg`, toSvg(scene), 'image/svg+xml')}>
          SVG
        </button>
        <button type="button" onClick={() => void toPng(scene).then((png) => save(`${name}.png`, png))}>
          PNG
        </button>
        <button type="button" onClick={() => save(`${name}.csv`, toCsv(scene), 'text/csv')}>
          CSV
        </button>
        {Object.entries(documents).map(([format, [words, ending]]) => (
          <button
            key={format}
            type="button"
            onClick={() =>
              void takeDocument(id, state, format).then((text) => save(`${name}.${ending}`, text))
            }
          >
            {words}
          </button>
        ))}
        <p className="soft">The same on the command line:</p>
        <pre>{`npx artifact-graph lineage ${shellWord(id)} --format prov`}</pre>
      </div>
    </details>
  );
}
