import { addAbortSignal } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { getContentOfArtifact } from '../content/content-of-artifact.js';
import { makePreview, waveformOf } from '../content/preview/make-preview.js';
import { ensureStored, openContent, presignContent } from '../content/open-content.js';
import { artifactParams } from './artifact-schemas.js';
import { bytes, downloadQuery, previewQuery, waveformOut } from './content-schemas.js';
import { matchesTag, notModified } from './etag.js';
import { problem, sendProblem } from '../http/problem.js';
import { problemOut, problems } from './schema-problem.js';

const tags = ['content'];
const media = (description: string) => ({ description, content: { '*/*': { schema: bytes } } });

export function addDownloads(app: FastifyInstance): void {
  addContent(app);
  addPreviews(app);
}

function addContent(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const schema = {
    tags,
    params: artifactParams,
    querystring: downloadQuery,
  };
  api.get(
    '/artifacts/:id/content',
    {
      config: { moves: 'bytes' },
      exposeHeadRoute: false,
      schema: {
        ...schema,
        summary: 'The bytes, verified on the way; Range and If-None-Match are honoured',
        response: {
          ...problems('not_found', 'hash_mismatch'),
          200: media('All of the bytes'),
          206: media('The part that Range asks for'),
          304: z.null(),
          307: z.null(),
          416: {
            description: 'Range asks for bytes that are not there',
            content: { 'application/problem+json': { schema: problemOut } },
          },
        },
      },
    },
    async (request, reply) => {
      if (request.query.redirect === '1') {
        const address = await presignContent(request.ctx, request.params.id);
        if (address !== null) return reply.redirect(address, 307);
      }
      return sendContent(request, reply, request.params.id);
    },
  );
  api.head('/artifacts/:id/content', { schema: { ...schema, hide: true } }, (request, reply) =>
    sendContent(request, reply, request.params.id),
  );
}

async function sendContent(request: FastifyRequest, reply: FastifyReply, id: string): Promise<FastifyReply> {
  const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers;
  const conditions = { range, ifRange: typeof ifRange === 'string' ? ifRange : undefined, ifNoneMatch };
  const { status, headers, body } = await openContent(request.ctx, id, conditions, {
    headOnly: request.method === 'HEAD',
  });
  if (status === 416) {
    reply.header('content-range', headers['content-range'] ?? '');
    const detail = 'Range: there are no such bytes';
    return sendProblem(reply, {
      ...problem('invalid_input', detail),
      status,
      title: 'Range Not Satisfiable',
    });
  }
  if (body) addAbortSignal(request.deadline.signal, body);
  return (
    reply
      .code(status)
      .headers(headers)
      // No text, to which Fastify would add an encoding.
      .send(body ?? (request.method === 'HEAD' && status === 200 ? Buffer.alloc(0) : null))
  );
}

function addPreviews(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/artifacts/:id/preview',
    {
      schema: {
        tags,
        summary: 'A small picture: a thumbnail of an image, the waveform of a sound',
        params: artifactParams,
        querystring: previewQuery,
        response: {
          ...problems('not_found', 'unsupported_media_type', 'too_large', 'hash_mismatch'),
          200: media('WebP or SVG'),
          304: z.null(),
        },
      },
    },
    async (request, reply) => {
      const content = await getContentOfArtifact(request.ctx, request.params.id);
      const tag = `"${content.sha256}-${request.query.size}"`;
      const kept = { etag: tag, 'cache-control': 'private, max-age=3600' };
      await ensureStored(request.ctx, content);
      // Drawn before the conditions are looked at: what cannot be drawn is refused, and no refusal is kept by anybody.
      const preview = await makePreview(request.ctx, content, request.query.size);
      reply.headers(kept);
      if (matchesTag(request.headers['if-none-match'], tag)) return notModified(reply);
      return reply
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .type(preview.mimeType)
        .send(Buffer.from(preview.bytes));
    },
  );
  api.get(
    '/artifacts/:id/waveform',
    {
      schema: {
        tags,
        summary: 'The outline of a sound as numbers',
        params: artifactParams,
        response: { ...problems('not_found'), 200: waveformOut },
      },
    },
    async (request) => waveformOf(request.ctx, await getContentOfArtifact(request.ctx, request.params.id)),
  );
}
