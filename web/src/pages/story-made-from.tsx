import { Link } from 'wouter';
import type { StoryQuery } from '../api/operations.js';
import { AndMore, artifactHref, cardsOf } from '../parts/cards.js';
import { groupBy } from '../parts/group-by.js';
import type { StoryLink } from './story.js';

type Lineage = StoryQuery['storyManifest']['lineage'];
/** So many cards stand in a column; the others are counted. */
const perLayer = 4;

/** The way from the first drawing to what the story shows, folded: one column for each order of making. */
export function MadeFrom({ lineage, links }: { lineage: Lineage; links: StoryLink[] }) {
  const start = links.find((link) => link.role === 'FINAL_VIDEO') ?? links[0];
  const artifacts = lineage.nodes.map(({ artifact }) => artifact);
  const layers = [...groupBy(artifacts, ({ generation }) => generation)].sort(([a], [b]) => a - b);
  if (!start || layers.length < 2) return null;
  return (
    <section aria-labelledby="made">
      <h2 id="made">How it was made</h2>
      <ol className="made-from">
        {layers.map(([generation, layer]) => (
          <li key={generation}>
            {cardsOf(layer.slice(0, perLayer), ({ createdBy }) => ({
              note: createdBy?.name.replaceAll('_', ' '),
            }))}
            <AndMore hidden={layer.length - perLayer} />
          </li>
        ))}
      </ol>
      <p>
        <Link href={`${artifactHref(start.artifact.id)}/lineage`}>Open as lineage</Link>
        {lineage.truncated && <span className="soft"> There is more than is shown here.</span>}
      </p>
    </section>
  );
}
