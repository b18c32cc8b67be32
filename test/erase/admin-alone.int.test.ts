import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindStore } from '../../src/content/bind-store.js';
import { roles } from '../../src/http/access.js';
import { at, openGraphql } from '../graphql/open-graphql.js';

const folder = mkdtempSync(join(tmpdir(), 'artifact-graph-roles-'));
const tokensFile = join(folder, 'tokens');
beforeAll(() => {
  const line = (role: string) => `${role} ${role} ${createHash('sha256').update(role).digest('hex')}\n`;
  writeFileSync(tokensFile, roles.map(line).join(''));
});
afterAll(() => rmSync(folder, { recursive: true }));

const erase = 'mutation ($id: ID) { erase(storyId: $id, reason: "r") { stories actor remaining } }';

it.each(['reader', 'writer'])('a %s erases nothing', async (role) => {
  const test = await openGraphql({ tokensFile }, role);
  expect((await test.ask(erase, { id: 'nobody' })).errors?.[0]?.extensions.code).toBe('forbidden');
  await test.close();
});

it('an admin does, and is named in the certificate', async () => {
  const test = await openGraphql({ tokensFile }, 'admin');
  await bindStore(test.ctx);
  const made = await test.ask('mutation { registerStory(input: {title: "t"}) { id } }');
  const id = String(at(made.data, 'registerStory.id'));
  const { data, errors } = await test.ask(erase, { id });
  expect(errors).toBeUndefined();
  expect(at(data, 'erase')).toMatchObject({ stories: [id], actor: 'token:admin' });
  const { data: after } = await test.ask(
    'query ($id: ID!) { stories(where: {id: {eq: $id}}) { id title } }',
    { id },
  );
  expect(at(after, 'stories')).toEqual([{ id, title: null }]);
  await test.close();
});
