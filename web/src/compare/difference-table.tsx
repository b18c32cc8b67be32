import type { ReactNode } from 'react';
import type { ArtifactCardFragment, DifferenceFragment } from '../api/operations.js';
import { Code } from '../parts/marks.js';
import { size, titleOf } from '../parts/words.js';

const names: Partial<Record<string, string>> = {
  lifecycleState: 'state',
  mimeType: 'type of the bytes',
  sizeBytes: 'size',
  contentHash: 'SHA-256',
  createdByAgent: 'agent',
  safetyScore: 'safety score',
  name: 'step',
  promptHash: 'prompt hash',
  input: 'input of the step',
};

function nameOf(name: string): string {
  const [part = '', ...keys] = name.split('.');
  if (keys.length === 0) return names[name] ?? name;
  return `${part === 'input' ? 'input: ' : ''}${keys.join('.').replaceAll('_', ' ')}`;
}

interface DifferenceTableProps {
  a: ArtifactCardFragment;
  b: ArtifactCardFragment;
  rows: readonly DifferenceFragment[];
}

/** Only what differs: what it is called, and how it is on each side. */
export function DifferenceTable({ a, b, rows }: DifferenceTableProps) {
  if (rows.length === 0) return null;
  return (
    <table className="differences">
      <thead>
        <tr>
          <td />
          <th scope="col">{titleOf(a)}</th>
          <th scope="col">{titleOf(b)}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{nameOf(row.name)}</th>
            <td>{sayValue(row.name, row.a)}</td>
            <td>{sayValue(row.name, row.b)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sayValue(name: string, value: unknown): ReactNode {
  if (value === null || value === undefined) return '—';
  if (/hash$/i.test(name) && typeof value === 'string') return <Code value={value} name="hash" />;
  if (name === 'sizeBytes' && typeof value === 'number') return size(value);
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}
