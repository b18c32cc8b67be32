import { useQuery } from '@tanstack/react-query';
import { request } from '../api/http.js';
import { loadPayload } from '../api/load-artifacts.js';
import type { ArtifactCardFragment } from '../api/operations.js';
import { contentPath } from '../api/use-bytes.js';

const beginningBytes = 1500;

/** The first lines of a text, or the keys of a JSON document, for a card; null where nothing of it is kept. */
export function useBeginning({ id, type, content }: ArtifactCardFragment): string | null | undefined {
  const { data } = useQuery({
    queryKey: ['beginning', id],
    enabled: type === 'TEXT' || type === 'JSON',
    queryFn: async ({ signal }) => {
      if (!content) return beginningOf(await loadPayload(id));
      const headers = { range: `bytes=0-${beginningBytes}` };
      return (await request(contentPath(id), { headers, signal })).text();
    },
  });
  return data;
}

function beginningOf(payload: unknown): string | null {
  if (payload === null || payload === undefined) return null;
  if (typeof payload === 'string') return payload.slice(0, 600);
  if (typeof payload !== 'object') return JSON.stringify(payload);
  const lines = Object.entries(payload).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return lines.slice(0, 12).join('\n').slice(0, 600);
}
