import { Link } from 'wouter';
import type { StoryQuery } from '../api/operations.js';
import { AndMore, ArtifactCard, artifactHref } from '../parts/cards.js';
import type { StoryLink } from './story.js';

type Lineage = StoryQuery['storyManifest']['lineage'];
type Made = Lineage['nodes'][number]['artifact'];
const perLayer = 4;

/** The way from the first drawing to what the story shows, folded: one column for each order of making. */
export function MadeFrom({ lineage, links }: { lineage: Lineage; links: StoryLink[] }) {
  const start = links.find((link) => link.role === 'FINAL_VIDEO') ?? links[0];
  const layers = layersOf(lineage);
  if (!start || layers.length < 2) return null;
  return (
    <section aria-labelledby="made">
      <h2 id="made">How it was made</h2>
      <ol className="made-from">
        {layers.map((layer, index) => (
          <Layer key={index} artifacts={layer} />
        ))}
      </ol>
      <p>
        <Link href={`${artifactHref(start.artifact.id)}/lineage`}>Open as lineage</Link>
        {lineage.truncated && <span className="soft"> There is more than is shown here.</span>}
      </p>
    </section>
  );
}

function layersOf({ nodes }: Lineage): Made[][] {
  const byGeneration = new Map<number, Made[]>();
  for (const { artifact } of nodes) {
    const layer = byGeneration.get(artifact.generation) ?? [];
    byGeneration.set(artifact.generation, [...layer, artifact]);
  }
  return [...byGeneration].sort(([a], [b]) => a - b).map(([, layer]) => layer);
}

function Layer({ artifacts }: { artifacts: Made[] }) {
  return (
    <li>
      {artifacts.slice(0, perLayer).map((artifact) => (
        <ArtifactCard
          key={artifact.id}
          artifact={artifact}
          note={artifact.createdBy?.name.replaceAll('_', ' ')}
        />
      ))}
      <AndMore hidden={artifacts.length - perLayer} />
    </li>
  );
}
