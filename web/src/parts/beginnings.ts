import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask.js';
import { gathered } from '../api/gathered.js';
import { request } from '../api/http.js';
import { PayloadsDocument, type ArtifactCardFragment } from '../api/operations.js';
import { contentPath } from '../api/use-bytes.js';

/** An artifact's inline payload. */
export const loadPayload = gathered<unknown>(async (ids) => {
  const { artifacts } = await ask(PayloadsDocument, { ids });
  return new Map(artifacts.map(({ id, payload }) => [id, payload]));
});

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
