import { answered, type Api, type Artifact, type StoryRole } from './api.js';
import { onceFor } from './names.js';
import { isTooLate } from './problem.js';

interface Publication {
  artifactId: string;
  storyId: string;
  role: StoryRole;
}

/** Brings an artifact from whatever state it is in to its place in a story; done before, it changes nothing. @throws Problem */
export async function publish(api: Api, { artifactId: id, storyId, role }: Publication): Promise<Artifact> {
  const params = { path: { id } };
  const artifact = await answered(api.GET('/api/v1/artifacts/{id}', { params }));
  if (artifact.lifecycle_state === 'published') {
    await ensureLink(api, { artifactId: id, storyId, role });
    return artifact;
  }
  if (artifact.lifecycle_state === 'intermediate') await nominate(api, id);
  const headers = onceFor(id, 'publish', storyId, role);
  const body = { story_id: storyId, role };
  return answered(api.POST('/api/v1/artifacts/{id}/publish', { params, headers, body }));
}

/** Makes an artifact a candidate; one that has gone on meanwhile, by an attempt whose answer was lost, stays as it is. */
async function nominate(api: Api, id: string): Promise<void> {
  const move = api.PATCH('/api/v1/artifacts/{id}/state', {
    params: { path: { id } },
    body: { new_state: 'candidate' },
  });
  await answered(move).catch((error: unknown) => {
    if (!isTooLate(error)) throw error;
  });
}

/** A place that was given once is left as it is now: the story may show something newer in it. */
async function ensureLink(api: Api, { artifactId, storyId, role }: Publication): Promise<void> {
  const path = { id: storyId };
  const links = await answered(
    api.GET('/api/v1/artifacts/stories/{id}/artifacts', { params: { path, query: { role } } }),
  );
  if (links.some((link) => link.artifact_id === artifactId)) return;
  const body = { artifact_id: artifactId, role };
  await answered(
    api.POST('/api/v1/artifacts/stories/{id}/artifacts', {
      params: { path },
      headers: onceFor(artifactId, 'link', storyId, role),
      body,
    }),
  );
}
