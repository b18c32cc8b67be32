import { openRest, type TestRest } from './open-rest.js';

let test: TestRest;
beforeAll(async () => {
  test = await openRest();
});
afterAll(() => test.close());

describe('GET /search', () => {
  it('finds a story by its title', async () => {
    const title = test.unique('月亮');
    const { body } = await test.send('POST', '/stories', { json: { title } });
    const answer = await test.send('GET', `/search?q=${encodeURIComponent(title)}`);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        hits: [{ kind: 'story', id: body.story_id, label: title, story: { title } }],
        truncated: false,
      },
    });
  });

  it.each(['', '?q=x&limit=0', '?q=x&limit=201', `?q=${'x+'.repeat(20)}`])('refuses %j', async (query) => {
    expect(await test.send('GET', `/search${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input' },
    });
  });
});
