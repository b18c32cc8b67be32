import { readPayload } from '../model/stored.js';
import { parseStoredJson } from '../model/json.js';
import { artifactProperties, type ArtifactProperty, type EdgeProperty } from '../lineage/trace-request.js';
import type { Trace, TraceEdges } from '../lineage/trace.js';
import { isoTime } from './node-sources.js';

// The plain fields of a lineage as values ready to be sent, read from the columns of a trace.

/** Gives the value of one field at a position. */
export type Cell = (position: number) => unknown;
/** By field name. */
export type Cells<Source> = Record<string, (source: Source) => Cell>;

const upper = (value: unknown) => (typeof value === 'string' ? value.toUpperCase() : null);
const time = (value: unknown) => (typeof value === 'number' ? isoTime(value) : null);
const stored = (value: unknown) => (typeof value === 'string' ? parseStoredJson(value) : null);

const property =
  (name: ArtifactProperty, read: (value: unknown) => unknown = (value) => value ?? null) =>
  ({ properties }: Trace): Cell => {
    const column = properties.get(name) ?? [];
    return (position) => read(column[position]);
  };

export const artifactCells: Cells<Trace> = {
  ...Object.fromEntries(artifactProperties.map((name) => [name, property(name)])),
  __typename: () => () => 'Artifact',
  id:
    ({ ids }) =>
    (position) =>
      ids[position],
  createdAt:
    ({ createdAt }) =>
    (position) =>
      time(createdAt[position]),
  type: property('type', upper),
  lifecycleState: property('lifecycleState', upper),
  storedAt: property('storedAt', time),
  metadata: property('metadata', stored),
  metadataText: property('metadata'),
  payloadText: property('payload'),
  payload: (trace) => {
    const [texts, formats] = [property('payload')(trace), property('payloadFormat')(trace)];
    return (position) => {
      const text = texts(position);
      return typeof text === 'string'
        ? readPayload(text, formats(position) === 'json' ? 'json' : null)
        : null;
    };
  },
};

export const nodeCells: Cells<Trace> = {
  __typename: () => () => 'LineageNode',
  depth:
    ({ depths }) =>
    (position) =>
      Math.abs(depths[position] ?? 0),
  direction:
    ({ depths }) =>
    (position) =>
      (depths[position] ?? 0) < 0 ? 'DOWNSTREAM' : 'UPSTREAM',
};

export interface EdgeSource {
  ids: string[];
  edges: TraceEdges;
}

const edgeProperty =
  (name: EdgeProperty, read: (value: unknown) => unknown) =>
  ({ edges }: EdgeSource): Cell => {
    const column = edges.properties.get(name) ?? [];
    return (position) => read(column[position]);
  };

export const edgeCells: Cells<EdgeSource> = {
  __typename: () => () => 'LineageEdge',
  id: edgeProperty('id', (value) => value),
  metadata: edgeProperty('metadata', stored),
  createdAt: edgeProperty('createdAt', time),
  type:
    ({ edges: { types } }) =>
    (position) =>
      types[position],
  productId:
    ({ ids, edges: { products } }) =>
    (position) =>
      ids[products[position] ?? -1],
  sourceId:
    ({ ids, edges: { sources } }) =>
    (position) =>
      ids[sources[position] ?? -1],
};
