import { ask } from '../api/ask.js';
import { gathered } from '../api/gathered.js';
import { CardsDocument, type ArtifactCardFragment } from '../api/operations.js';

/** What a card shows of an artifact. */
export const loadCard = gathered<ArtifactCardFragment>(async (ids) => {
  const { artifacts } = await ask(CardsDocument, { ids });
  return new Map(artifacts.map((artifact) => [artifact.id, artifact]));
});
