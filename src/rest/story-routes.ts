import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { getPrimaryArtifact } from '../stories/get-primary-artifact.js';
import { getStory } from '../stories/get-story.js';
import { linkArtifact } from '../stories/link-artifact.js';
import { listStoryArtifacts } from '../stories/list-story-artifacts.js';
import { registerStory } from '../stories/register-story.js';
import { answerPost } from './answer.js';
import { artifactBody, artifactOut } from './artifact-schemas.js';
import { problems } from './schema-problem.js';
import {
  linkBody,
  linkIn,
  linkOut,
  linksQuery,
  storyBody,
  storyIn,
  storyOut,
  storyParams,
  storyRoleParams,
} from './story-schemas.js';

const tags = ['stories'];
const writer = { role: 'writer', fieldNames: { storyId: 'id' } } as const;

export function storyRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  addStories(app);
  addLinks(app);
  done();
}

function addStories(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post(
    '/stories',
    {
      config: { role: 'writer', fieldNames: { id: 'story_id' } },
      schema: {
        tags,
        summary: 'Record a story, under its own id where it has one',
        body: storyIn,
        response: { ...problems('duplicate'), 201: storyOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => ({
        status: 201,
        body: storyBody(await registerStory(ctx, request.body)),
      })),
  );
  api.get(
    '/stories/:id',
    {
      schema: {
        tags,
        summary: 'A story, with the artifacts that it shows and its current run',
        params: storyParams,
        response: { ...problems('not_found'), 200: storyOut },
      },
    },
    async (request) => storyBody(await getStory(request.ctx, request.params.id)),
  );
}

function addLinks(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/artifacts/stories/:id/artifacts',
    {
      config: { fieldNames: { storyId: 'id' } },
      schema: {
        tags,
        summary: 'The links of a story by role, primary first, then position',
        params: storyParams,
        querystring: linksQuery,
        response: { ...problems('not_found'), 200: z.array(linkOut) },
      },
    },
    async (request) => {
      const links = await listStoryArtifacts(request.ctx, { storyId: request.params.id, ...request.query });
      return links.map(linkBody);
    },
  );
  api.get(
    '/artifacts/stories/:id/artifacts/:role',
    {
      config: { fieldNames: { storyId: 'id' } },
      schema: {
        tags,
        summary: 'The artifact that a story shows in a role',
        params: storyRoleParams,
        response: { ...problems('not_found'), 200: artifactOut },
      },
    },
    async (request) => {
      const { id: storyId, role } = request.params;
      return artifactBody(await getPrimaryArtifact(request.ctx, { storyId, role }));
    },
  );
  api.post(
    '/artifacts/stories/:id/artifacts',
    {
      config: writer,
      schema: {
        tags,
        summary: 'Give an artifact a role in a story; 200 when the link was there and is updated',
        params: storyParams,
        body: linkIn,
        response: { ...problems('not_found', 'conflict'), 200: linkOut, 201: linkOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => {
        const { link, created } = await linkArtifact(ctx, { storyId: request.params.id, ...request.body });
        return { status: created ? 201 : 200, body: linkBody(link) };
      }),
  );
}
