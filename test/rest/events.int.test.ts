import { z } from 'zod';
import { openRest, type TestRest } from './open-rest.js';

let rest: TestRest;
beforeAll(async () => {
  rest = await openRest();
});
afterAll(() => rest.close());

const register = async () =>
  (await rest.send('POST', '/artifacts', { json: { artifact_type: 'image' } })).body.artifact_id;

const sent = z.object({ id: z.string(), data: z.looseObject({ node_id: z.string(), cursor: z.string() }) });

/** The first `count` events of a stream, which is then left. */
async function listen(path: string, count: number, headers: Record<string, string> = {}) {
  const leave = new AbortController();
  const answer = await fetch(`${rest.url}/api/v1${path}`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leave.signal,
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  if (!answer.body) throw new Error('no stream');
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const whole = text.split('\n\n').slice(0, -1);
    const events = whole
      .filter((part) => part.startsWith('id: '))
      .map((part) => {
        const [id, data] = part.split('\n');
        return sent.parse({ id: id?.slice(4), data: JSON.parse(data?.slice(6) ?? '') as unknown });
      });
    if (events.length >= count) {
      leave.abort();
      return events;
    }
    const { value, done } = await reader.read();
    if (done) throw new Error('the stream ended');
    text += value;
  }
}

describe('GET /events', () => {
  it('gives pages that go on behind the cursor', async () => {
    const id = await register();
    await rest.send('PATCH', `/artifacts/${id}/state?new_state=candidate`);
    // Open transactions of other tests hold the feed up for a moment.
    await listen(`/events?node_id=${id}`, 2);
    const first = await rest.send('GET', `/events?node_id=${id}&limit=1`);
    expect(first.body).toMatchObject({
      events: [{ action: 'artifact.registered', node_id: id }],
      has_more: true,
    });
    const second = await rest.send('GET', `/events?node_id=${id}&after=${String(first.body.cursor)}`);
    expect(second.body).toMatchObject({
      events: [{ action: 'artifact.moved', after: 'candidate' }],
      has_more: false,
    });
    const third = await rest.send('GET', `/events?node_id=${id}&after=${String(second.body.cursor)}`);
    expect(third.body).toEqual({ events: [], cursor: second.body.cursor, has_more: false });
  });

  it('streams what was and what comes, and resumes where a client left', async () => {
    const id = await register();
    const later = (async () => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await rest.send('PATCH', `/artifacts/${id}/state?new_state=candidate`);
    })();
    const events = await listen(`/events?node_id=${id}`, 2);
    await later;
    expect(events.map(({ data }) => data.action)).toEqual(['artifact.registered', 'artifact.moved']);
    const resumed = await listen(`/events?node_id=${id}`, 1, { 'last-event-id': events[0]?.id ?? '' });
    expect(resumed).toEqual(events.slice(1));
  });

  it('gives those from one time until before another', async () => {
    const id = await register();
    const [only] = await listen(`/events?node_id=${id}`, 1);
    const at = Date.parse(String(only?.data.at));
    const count = async (from: number, to: number) => {
      const times = `since=${new Date(from).toISOString()}&until=${new Date(to).toISOString()}`;
      const { body } = await rest.send('GET', `/events?node_id=${id}&${times}`);
      return z.array(z.unknown()).parse(body.events).length;
    };
    expect([await count(at, at + 1), await count(at - 1, at), await count(at + 1, at + 2)]).toEqual([
      1, 0, 0,
    ]);
  });

  it.each(['?since=yesterday', '?after=x', '?limit=0', '?what=1'])('refuses %j', async (query) => {
    const headers = { accept: 'text/event-stream' };
    expect(await rest.send('GET', `/events${query}`)).toMatchObject({ status: 400 });
    expect(await rest.send('GET', `/events${query}`, { headers })).toMatchObject({ status: 400 });
  });
});
