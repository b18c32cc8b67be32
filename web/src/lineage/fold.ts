import type { LineageArtifactFragment, RelationType } from '../api/operations.js';
import { groupBy } from '../parts/group-by.js';
import type { Answer } from './join-lineages.js';

/** How many relations lead on from an item to what is not shown. */
export type Cut = Record<'UPSTREAM' | 'DOWNSTREAM', number>;

/** What is drawn in one place: an artifact, or several that are alike. */
export interface Item {
  /** An artifact's id, or the name of a fold. */
  key: string;
  members: LineageArtifactFragment[];
  layer: number;
  depth: number;
  cut: Cut;
}

export interface Tie {
  /** Places of the items in `items`: the source existed first. */
  source: number;
  product: number;
  type: RelationType;
}

export interface Folded {
  items: Item[];
  ties: Tie[];
  /** Artifacts that lie in folds. */
  hidden: number;
  /** Where each artifact and each fold is in `items`. */
  placeOf: Map<string, number>;
}

/** How the key of a fold begins; no id has this sign in it. */
export const foldMark = 'fold|';

/** More than this many that are alike become one. */
const most = 4;
/** A layer with more items than this is folded by kind and maker alone. */
const crowded = 12;

/**
 * The items of a lineage: siblings of one kind, made by one kind of step from the same sources, lie in one fold unless it
 * is opened; in a crowded layer the sources do not count. Layers are the generations that occur, without gaps.
 * @param opened names of folds, or 'all'
 */
export function fold(answer: Answer, opened: ReadonlySet<string>): Folded {
  const nodes = [{ artifact: answer.artifact, depth: 0 }, ...answer.nodes];
  const generations = [...new Set(nodes.map(({ artifact }) => artifact.generation))].sort((a, b) => a - b);
  const layerOf = new Map(generations.map((generation, layer) => [generation, layer]));
  const edgesOf = groupBy(answer.edges, ({ productId }) => productId);
  const sourcesOf = ({ key }: Item) => (edgesOf.get(key) ?? []).map(({ sourceId }) => sourceId).sort();
  const cuts = new Map<string, number>();
  for (const { direction, artifactId, relations } of answer.cuts)
    cuts.set(`${direction} ${artifactId}`, relations);
  const cutOf = (side: keyof Cut, id: string) => cuts.get(`${side} ${id}`) ?? 0;
  const all: Item[] = nodes.map(({ artifact, depth }) => ({
    key: artifact.id,
    members: [artifact],
    layer: layerOf.get(artifact.generation) ?? 0,
    depth,
    cut: { UPSTREAM: cutOf('UPSTREAM', artifact.id), DOWNSTREAM: cutOf('DOWNSTREAM', artifact.id) },
  }));
  const free = (item: Item) => item.key !== answer.artifact.id;
  const alike = (item: Item) => `${makerOf(item)} ${sourcesOf(item).join(' ')}`;
  const once = gather(all, (item) => (free(item) ? alike(item) : null), opened);
  const crowds = groupBy(once, ({ layer }) => layer);
  const inCrowd = (item: Item) =>
    free(item) && item.members.length === 1 && (crowds.get(item.layer)?.length ?? 0) > crowded;
  const items = gather(once, (item) => (inCrowd(item) ? makerOf(item) : null), opened);
  const hidden = items.reduce((sum, { members }) => sum + (members.length > 1 ? members.length : 0), 0);
  const placeOf = new Map<string, number>();
  items.forEach(({ key, members }, place) => {
    placeOf.set(key, place);
    members.forEach(({ id }) => placeOf.set(id, place));
  });
  return { items, ties: tiesOf(placeOf, answer), hidden, placeOf };
}

const makerOf = ({ layer, members: [first] }: Item) =>
  `${layer} ${first?.type} ${first?.createdBy?.name ?? ''}`;

function gather(items: Item[], groupOf: (item: Item) => string | null, opened: ReadonlySet<string>): Item[] {
  if (opened.has('all')) return items;
  const groups = groupBy(items, groupOf);
  const gathered = [...groups].flatMap(([group, members]) => {
    const [first] = members;
    if (!first || group === null) return [];
    const key = `${foldMark}${shortHash(group)}`;
    if (members.length <= most || opened.has(key)) return members;
    const sum = (side: keyof Cut) => members.reduce((total, { cut }) => total + cut[side], 0);
    const cut = { UPSTREAM: sum('UPSTREAM'), DOWNSTREAM: sum('DOWNSTREAM') };
    return [{ ...first, key, cut, members: members.flatMap((item) => item.members) }];
  });
  return [...(groups.get(null) ?? []), ...gathered];
}

/** Short enough for an address, and the same for the same group each time (FNV-1a). */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193) >>> 0;
  return hash.toString(36);
}

function tiesOf(placeOf: ReadonlyMap<string, number>, { edges }: Answer): Tie[] {
  const ties = new Map<string, Tie>();
  for (const { sourceId, productId, type } of edges) {
    const source = placeOf.get(sourceId);
    const product = placeOf.get(productId);
    if (source === undefined || product === undefined || source === product) continue;
    ties.set(`${source} ${product} ${type}`, { source, product, type });
  }
  return [...ties.values()];
}
