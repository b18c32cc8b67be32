import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { getArtifact } from '../artifacts/get-artifact.js';
import { listArtifacts, listPosition, type ListPosition } from '../artifacts/list-artifacts.js';
import { moveArtifact } from '../artifacts/move-artifact.js';
import { publishArtifact } from '../stories/publish-artifact.js';
import { registerArtifact } from '../artifacts/register-artifact.js';
import { registerBatch } from '../artifacts/register-batch.js';
import { relateArtifacts } from '../artifacts/relate-artifacts.js';
import { InvalidInput } from '../errors.js';
import { answerPost } from './answer.js';
import {
  artifactBody,
  artifactIn,
  artifactOut,
  artifactParams,
  batchIn,
  batchOut,
  listQuery,
  relationBody,
  relationIn,
  relationOut,
  stateIn,
  stateQuery,
} from './artifact-schemas.js';
import { decodeCursor, encodeCursor } from '../model/cursor.js';
import { artifactTag, matchesTag, notModified } from './etag.js';
import { problems } from './schema-problem.js';
import { publishFields, publishIn } from './story-schemas.js';

const tags = ['artifacts'];
const writer = { role: 'writer' } as const;
const batchLimit = 32 * 1024 * 1024;

export function artifactRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  addReads(app);
  addWrites(app);
  addRelating(app);
  addChanges(app);
  done();
}

function addReads(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/artifacts/:id',
    {
      schema: {
        tags,
        summary: 'One artifact; with If-None-Match, 304 while it is the same',
        params: artifactParams,
        response: { ...problems('not_found'), 200: artifactOut, 304: z.null() },
      },
    },
    async (request, reply) => {
      const artifact = await getArtifact(request.ctx, request.params.id);
      const tag = artifactTag(artifact);
      reply.header('etag', tag).header('cache-control', 'private, no-cache');
      if (matchesTag(request.headers['if-none-match'], tag)) return notModified(reply);
      return artifactBody(artifact);
    },
  );
  api.get(
    '/artifacts',
    {
      schema: {
        tags,
        summary: 'Artifacts, newest first; X-Total-Count says how many, Link where the next page is',
        querystring: listQuery,
        response: { ...problems(), 200: z.array(artifactOut) },
      },
    },
    async (request, reply) => {
      const { cursor, ...query } = request.query;
      if (cursor !== undefined && query.offset > 0) {
        throw new InvalidInput('a cursor says where to start', [
          { path: 'offset', message: 'goes without cursor' },
        ]);
      }
      const page = await listArtifacts(request.ctx, {
        state: query.state,
        type: query.artifact_type,
        contentHash: query.content_hash,
        createdByStepId: query.created_by_step_id,
        storyId: query.story_id,
        runId: query.run_id,
        limit: query.limit,
        offset: query.offset,
        after: cursor === undefined ? null : positionOf(cursor),
      });
      reply.header('x-total-count', String(page.totalCount));
      if (page.next)
        reply.header(
          'link',
          `<${nextAddress(request.url, encodeCursor([page.next.createdAt, page.next.id]))}>; rel="next"`,
        );
      return page.artifacts.map(artifactBody);
    },
  );
}

const place = z.tuple([listPosition.shape.createdAt, listPosition.shape.id]);

function positionOf(cursor: string): ListPosition {
  const [createdAt, id] = decodeCursor(cursor, place, { field: 'cursor', of: 'list' });
  return { createdAt, id };
}

/** The same list from the cursor on. */
function nextAddress(url: string, cursor: string): string {
  const [path = ''] = url.split('?', 1);
  const params = new URLSearchParams(url.slice(path.length + 1));
  params.delete('offset');
  params.set('cursor', cursor);
  return `${path}?${params.toString()}`;
}

function addWrites(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post(
    '/artifacts',
    {
      config: writer,
      schema: {
        tags,
        summary: 'Record an artifact, with the sources that it was made from',
        body: artifactIn,
        response: { ...problems('not_found', 'duplicate', 'hash_mismatch'), 201: artifactOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => ({
        status: 201,
        body: artifactBody(await registerArtifact(ctx, request.body)),
      })),
  );
  api.post(
    '/artifacts/batch',
    {
      config: writer,
      bodyLimit: batchLimit,
      schema: {
        tags,
        summary: 'Record up to 10,000 artifacts and relations, all or nothing',
        body: batchIn,
        response: { ...problems('not_found', 'duplicate', 'cycle', 'hash_mismatch'), 201: batchOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => {
        const { artifacts, relations } = await registerBatch(ctx, request.body);
        const named = artifacts.map(({ ref, artifactId }) => ({ ref, artifact_id: artifactId }));
        return { status: 201, body: { artifacts: named, relations } satisfies z.input<typeof batchOut> };
      }),
  );
}

function addRelating(app: FastifyInstance): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/artifacts/:id/relations',
    {
      config: {
        ...writer,
        fieldNames: { productId: 'id', sourceId: 'source_artifact_id', type: 'relation_type' },
      },
      schema: {
        tags,
        summary: 'Record that this artifact (the product) was made from another (the source)',
        params: artifactParams,
        body: relationIn,
        response: { ...problems('not_found', 'duplicate', 'cycle'), 201: relationOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => {
        const { source_artifact_id: sourceId, relation_type: type, metadata } = request.body;
        const relation = await relateArtifacts(ctx, {
          productId: request.params.id,
          sourceId,
          type,
          metadata,
        });
        return { status: 201, body: relationBody(relation) };
      }),
  );
}

function addChanges(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.patch(
    '/artifacts/:id/state',
    {
      config: { ...writer, fieldNames: { to: 'new_state' } },
      schema: {
        tags,
        summary: 'Move an artifact: intermediate, candidate, published, archived',
        params: artifactParams,
        querystring: stateQuery,
        body: stateIn,
        response: { ...problems('not_found', 'conflict', 'illegal_transition'), 200: artifactOut },
      },
    },
    async (request) => {
      const inQuery = request.query.new_state;
      const to = inQuery ?? request.body?.new_state;
      if (inQuery && request.body && request.body.new_state !== inQuery) {
        throw new InvalidInput('two states', [
          { path: 'new_state', message: 'differs between query and body' },
        ]);
      }
      if (!to)
        throw new InvalidInput('no state', [
          { path: 'new_state', message: 'is required, in the query or the body' },
        ]);
      return artifactBody(await moveArtifact(request.ctx, { id: request.params.id, to }));
    },
  );
  api.post(
    '/artifacts/:id/publish',
    {
      config: writer,
      schema: {
        tags,
        summary: 'Publish a candidate, and give it a role in a story in the same transaction',
        params: artifactParams,
        querystring: publishFields,
        body: publishIn,
        response: { ...problems('not_found', 'conflict', 'illegal_transition'), 200: artifactOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => {
        const storyId = request.body?.story_id ?? request.query.story_id;
        const role = request.body?.role ?? request.query.role;
        const artifact = await publishArtifact(ctx, { id: request.params.id, storyId, role });
        return { status: 200, body: artifactBody(artifact) };
      }),
  );
}
