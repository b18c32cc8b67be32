import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { maxJsonBytes } from '../../src/model/json.js';
import { openRest, type TestRest } from './open-rest.js';

let rest: TestRest;
beforeAll(async () => {
  rest = await openRest();
  // The first requests of a database plan their statements.
  await rest.send('POST', '/artifacts/batch', { json: { artifacts: [] } });
  await rest.send('GET', '/artifacts?limit=1');
});
afterAll(() => rest.close());

/** How long the slowest of another caller's GETs took, in milliseconds, while this was done. */
async function slowestGetDuring(work: () => Promise<unknown>): Promise<number> {
  let slowest = 0;
  let over = false;
  const working = work().finally(() => {
    over = true;
  });
  while (!over) {
    const started = performance.now();
    await (await fetch(`${rest.url}/api/v1/artifacts/none`)).text();
    slowest = Math.max(slowest, performance.now() - started);
    await sleep(20);
  }
  await working;
  return slowest;
}

const copies = (text: string, count: number) => Array<string>(count).fill(text).join(',');
const hundreds = copies(`{"ref":"r","artifact_type":"text","sources":[${copies('{}', 1000)}]}`, 300);
const aFew = copies(`{"ref":"r","artifact_type":"text","sources":[${copies('{}', 1000)}]}`, 150);

describe('a body that would be too much work is refused quickly, in a small answer that names the field', () => {
  it.each([
    ['a million empty relations', `{"relations":[${copies('{}', 1_000_000)}]}`, /^relations$/],
    ['three million empty relations', `{"relations":[${copies('{}', 3_000_000)}]}`, /^relations$/],
    ['fifty thousand empty relations', `{"relations":[${copies('{}', 50_000)}]}`, /^relations$/],
    ['ten thousand empty relations', `{"relations":[${copies('{}', 10_000)}]}`, /^relations\.0\./],
    ['300,000 empty sources', `{"artifacts":[${hundreds}]}`, /^artifacts$/],
    ['150,000 empty sources', `{"artifacts":[${aFew}]}`, /^artifacts\.0\.sources\.0\./],
    ['numbers without end', `{"artifacts":[${copies('1', 5_000_000)}]}`, /^artifacts$/],
    ['brackets without end', '['.repeat(10_000_000), /^$/],
  ])('%s', async (_, raw, path) => {
    const headers = { 'content-type': 'application/json' };
    let answer: Awaited<ReturnType<TestRest['send']>> | undefined;
    const times: number[] = [];
    // The best of three: a test machine may be busy with something else.
    for (let round = 0; round < 3; round++) {
      times.push(
        await slowestGetDuring(async () => {
          answer = await rest.send('POST', '/artifacts/batch', { raw, headers });
        }),
      );
    }
    expect(answer?.body).toMatchObject({ status: 400, code: 'invalid_input' });
    expect(answer?.body.errors[0]?.path).toMatch(path);
    expect(answer?.text.length).toBeLessThan(20_000);
    expect(Math.min(...times)).toBeLessThan(1000);
  });
});

it('steps keep inputs and outputs of a bounded size, so that a run of many can be read', async () => {
  const run = await rest.send('POST', '/artifacts/runs', { json: { workflow_type: 'kids_daily' } });
  const steps = `/artifacts/runs/${run.body.run_id}/steps`;
  const text = 'x'.repeat(maxJsonBytes);
  const refused = await rest.send('POST', steps, {
    json: { step_name: 's', step_order: 0, input_data: { text } },
  });
  expect(refused.body).toMatchObject({ status: 400, errors: [{ path: 'input_data' }] });
  expect(refused.body.detail).toContain('record more as an artifact');
  const made = await rest.send('POST', steps, { json: { step_name: 's', step_order: 0, input_data: text } });
  expect(made.status).toBe(201);
  const done = await rest.send('POST', `/artifacts/steps/${made.body.step_id}/complete`, {
    json: { output_data: { text } },
  });
  expect(done.body).toMatchObject({ status: 400, errors: [{ path: 'output_data' }] });
});

it.each(['x'.repeat(60_000), '\\u00e4'.repeat(20_000), '🐻'.repeat(15_000)])(
  'all the metadata that are kept travel with bytes: %.10s…',
  async (text) => {
    const answer = await rest.send('POST', '/artifacts/content?artifact_type=text', {
      raw: 'bytes',
      headers: { 'x-artifact': Buffer.from(`{"metadata":{"text":"${text}"}}`).toString('latin1') },
    });
    expect(answer.status).toBe(201);
    expect(answer.body.metadata).toMatchObject({ text: JSON.parse(`"${text}"`) as string });
  },
);

it('headers that are too large are told another way', async () => {
  const metadata = JSON.stringify({ text: 'x'.repeat(140_000) });
  const answer = await fetch(`${rest.url}/api/v1/artifacts/content?artifact_type=text`, {
    method: 'POST',
    body: 'bytes',
    headers: { 'x-artifact': `{"metadata":${metadata}}` },
  });
  expect(answer.status).toBe(431);
  expect(await answer.text()).toContain('/artifacts/uploads');
});

describe('Expect: 100-continue', () => {
  /** What is answered to a head alone. */
  async function answerTo(path: string, headers: string[]): Promise<string> {
    const socket = connect(Number(new URL(rest.url).port), '127.0.0.1');
    const head = [`POST /api/v1${path} HTTP/1.1`, 'host: 127.0.0.1', 'expect: 100-continue', ...headers];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return answer.toString();
  }
  const length = 'content-length: 1000';
  const content = '/artifacts/content?artifact_type=text';

  it.each([
    ['an upload', content, [length, 'content-type: text/plain']],
    ['a JSON body', '/artifacts', [length, 'content-type: application/json']],
  ])('%s is asked for when its head is right', async (_, path, headers) => {
    expect(await answerTo(path, headers)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\n$/);
  });

  it.each([
    ['an unknown type', 400, '/artifacts/content?artifact_type=film', [length]],
    ['a wrong digest', 400, `${content}&content_hash=12`, [length]],
    ['another length', 400, `${content}&file_size=999`, [length]],
    ['metadata of another type', 400, `${content}&metadata={"character_count":"many"}`, [length]],
    [
      'an unknown source',
      404,
      `${content}&sources=${encodeURIComponent('[{"artifact_id":"nowhere","relation_type":"derived_from"}]')}`,
      [length, 'content-type: text/plain'],
    ],
    ['a form', 415, content, [length, 'content-type: multipart/form-data; boundary=x']],
    ['packed bytes', 415, content, [length, 'content-encoding: gzip']],
    ['an address that takes none', 405, '/artifacts/x', [length]],
    ['a foreign page', 403, content, [length, 'origin: https://evil.example']],
    ['too large a body', 413, '/artifacts', ['content-length: 99000000', 'content-type: application/json']],
    [
      'too large a batch',
      413,
      '/artifacts/batch',
      ['content-length: 99000000', 'content-type: application/json'],
    ],
    ['a body of another type', 415, '/artifacts', [length, 'content-type: text/plain']],
    ['a body without a type', 415, '/stories', [length]],
    ['packed JSON', 415, '/artifacts', [length, 'content-type: application/json', 'content-encoding: br']],
    ['JSON in UTF-16', 415, '/artifacts', [length, 'content-type: application/json; charset=utf-16']],
    ['an address of nothing', 404, '/nothing', [length, 'content-type: application/json']],
  ])('%s is refused before any byte of the body', async (_, status, path, headers) => {
    const answer = await answerTo(path, headers);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.toLowerCase()).toContain('connection: close');
  });
});
