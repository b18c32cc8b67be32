import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { writeGuide } from '../../src/service/browser-guide.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';

let test_: TestContext;
let guide: string;
beforeAll(async () => {
  test_ = await openTestContext();
  const { id: source } = await registerArtifact(test_.ctx, { type: 'image' });
  const sources = [{ artifactId: source, type: 'DERIVED_FROM' }];
  const { id: artifactId } = await registerArtifact(test_.ctx, { type: 'image', sources });
  const { id: storyId } = await registerStory(test_.ctx, { title: 'The guide' });
  await linkArtifact(test_.ctx, { storyId, artifactId, role: 'cover' });
  guide = await writeGuide(test_.ctx, 'http://127.0.0.1:4000');
});
afterAll(() => test_.close());

interface Cell {
  text: string;
  refused: string | undefined;
}

const plain = (html: string) =>
  html
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .trim();

/** The cells of the guide, as a click puts them into the editor. */
function cellsOf(html: string): Cell[] {
  const cell = /<pre class="pre-scrollable code runnable"(?: data-refused="([^"]+)")?>([^<]*)<\/pre>/g;
  return [...html.matchAll(cell)].map(([, refused, text = '']) => ({ text: plain(text), refused }));
}

test('every cell of the guide runs, or is refused by the rule that it shows', async () => {
  const cells = cellsOf(guide);
  expect(cells).toHaveLength(guide.split('<pre').length - 1);
  const params: Record<string, unknown> = {};
  for (const { text, refused } of cells) {
    const [, name, value] = /^:param (\w+) => '([^']+)'$/.exec(text) ?? [];
    if (name !== undefined) params[name] = value;
    if (text.startsWith(':')) continue;
    const run = typeStatement(test_, text, params);
    if (refused === undefined) expect(await run).toBeDefined();
    else await expect(run).rejects.toThrow(`[${refused}]`);
  }
  expect(Object.keys(params)).toEqual(['artifact', 'story']);
});
