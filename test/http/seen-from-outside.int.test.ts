import { landingPage } from '../../src/graphql/landing-page.js';
import { openRest, type TestRest } from '../rest/open-rest.js';

let rest: TestRest;
beforeAll(async () => {
  rest = await openRest();
});
afterAll(() => rest.close());

const metrics = async () => (await fetch(`${rest.url}/metrics`)).text();

it('counts requests by route and status, and never by address', async () => {
  await rest.send('GET', '/artifacts/nobody-knows-this-id?a=secret');
  const text = await metrics();
  expect(text).toMatch(
    /artifact_graph_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/artifacts\/:id",status="404"\} 1\n/,
  );
  expect(text).toMatch(
    /artifact_graph_part_call_duration_seconds_count\{part="neo4j",name="artifacts\/[a-z-]+\.cypher"\}/,
  );
  expect(text).toMatch(/artifact_graph_group_size_callers_count\{kind="read"\}/);
  expect(text).not.toMatch(/nobody-knows|secret/);
});

it('names its metrics as Prometheus asks: base units, totals of counters, a help line each', async () => {
  const text = await metrics();
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) => ({ name, type }));
  expect(types.length).toBeGreaterThan(20);
  for (const { name, type } of types) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(text).toContain(`# HELP ${name} `);
    expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
    expect(name).not.toMatch(/_(milliseconds|ms|minutes|kilobytes|kb|percent)(_|$)/);
    if (type !== 'counter') expect(name).not.toMatch(/_(count|sum|bucket|total)$/);
  }
});

const tooLarge = { 'x-much': 'x'.repeat(140_000) };

it.each<[path: string, headers?: Record<string, string>]>([
  ['/metrics'],
  ['/api/v1/artifacts'],
  ['/api/v1/artifacts/nobody'],
  ['/nothing'],
  ['/docs/'],
  ['/openapi.json'],
  // Refused before it comes to any route, and before it is a request at all.
  ['/%zz'],
  ['/?too-large', tooLarge],
])('tells browsers what they may do with %s', async (path, sent = {}) => {
  const { headers } = await fetch(rest.url + path, { headers: sent });
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
});

it('has no code or styles in its pages, only files that they load', async () => {
  for (const page of [await (await fetch(`${rest.url}/docs/`)).text(), landingPage()]) {
    expect(page).not.toMatch(/<script(?![^>]*(src=|type="application\/json"))/);
    expect(page).not.toMatch(/<style|\son[a-z]+=/);
  }
});
