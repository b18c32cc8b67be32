import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { completeUpload, createUpload, type Upload } from '../content/direct-upload.js';
import { receiveContent } from '../content/receive-content.js';
import { registerContent, storeAndRegister } from '../content/register-content.js';
import { registerArtifactInput } from '../model/artifact.js';
import { parseInput } from '../model/parse-input.js';
import { answerKeyed, answerPost, idempotencyKey } from './answer.js';
import { artifactBody, artifactIn, artifactOut, type ArtifactOut } from './artifact-schemas.js';
import { bytes, contentHeaders, contentQuery, uploadIn, uploadOut, uploadParams } from './content-schemas.js';
import { requestDigest } from './idempotency.js';
import { problems } from './schema-problem.js';
import { uploadFields } from './upload-fields.js';

const tags = ['content'];
const writer = { role: 'writer' } as const;

export function addUploads(app: FastifyInstance): void {
  addDirectUploads(app);
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, ready) => ready(null));
    addUpload(scope);
    done();
  });
}

function addUpload(app: FastifyInstance): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/artifacts/content',
    {
      config: { ...writer, moves: 'bytes' },
      schema: {
        tags,
        summary: 'Record an artifact with its bytes, which are the body, of any size',
        consumes: ['application/octet-stream'],
        body: bytes,
        headers: contentHeaders,
        querystring: contentQuery,
        response: { ...problems('not_found', 'duplicate', 'hash_mismatch'), 201: artifactOut },
      },
    },
    async (request, reply) => {
      const fields = uploadFields(request, request.query);
      const key = idempotencyKey(request);
      if (key !== null) return receiveOnce(request, reply, { key, fields });
      const artifact = await registerContent(request.ctx, fields, request.raw);
      reply.code(201);
      return artifactBody(artifact);
    },
  );
}

/** The bytes are part of the request, so they are received and hashed before the key is looked up. */
async function receiveOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  { key, fields }: { key: string; fields: z.output<typeof artifactIn> },
): Promise<ArtifactOut | void> {
  const asked = parseInput(registerArtifactInput, fields);
  const { scratchDir } = request.ctx.content;
  const declared = { sha256: asked.contentHash ?? undefined, sizeBytes: asked.sizeBytes ?? undefined };
  const received = await receiveContent(request.raw, { declared, scratchDir });
  try {
    const digest = requestDigest(request.method, request.url, JSON.stringify(fields), received.sha256);
    return await answerKeyed(request, reply, { key, digest }, async (ctx) => ({
      status: 201,
      body: artifactBody(await storeAndRegister(ctx, asked, received)),
    }));
  } finally {
    await received.discard();
  }
}

function addDirectUploads(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post(
    '/artifacts/uploads',
    {
      config: { ...writer, fieldNames: { sizeBytes: 'file_size' } },
      schema: {
        tags,
        summary: 'Requests by which bytes go to the store without passing through the service',
        body: uploadIn,
        response: { ...problems(), 201: uploadOut },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return uploadBody(await createUpload(request.ctx, request.body));
    },
  );
  api.post(
    '/artifacts/uploads/:id/complete',
    {
      config: writer,
      schema: {
        tags,
        summary: 'Record an artifact with the bytes that were uploaded, once they are verified',
        params: uploadParams,
        body: artifactIn,
        response: { ...problems('not_found', 'duplicate', 'hash_mismatch'), 201: artifactOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => ({
        status: 201,
        body: artifactBody(await completeUpload(ctx, request.params.id, request.body)),
      })),
  );
}

function uploadBody({ uploadId, requests, partSize, expiresAt }: Upload): z.input<typeof uploadOut> {
  return { upload_id: uploadId, requests, part_size: partSize, expires_at: expiresAt.toISOString() };
}
