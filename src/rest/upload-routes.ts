import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { ensureArtifacts } from '../artifacts/get-artifact.js';
import {
  completeUpload,
  createUpload,
  receiveUpload,
  type ReceivedUpload,
  type Upload,
} from '../content/direct-upload.js';
import { receiveContent } from '../content/receive-content.js';
import {
  recordStored,
  registerContent,
  storeContent,
  type ContentToRecord,
} from '../content/register-content.js';
import type { Context } from '../context.js';
import { askForBody } from '../http/expect-continue.js';
import { registerArtifactInput, type RegisterArtifactInput } from '../model/artifact.js';
import { parseInput } from '../model/parse-input.js';
import { answerWithBytes, idempotencyKey } from './answer.js';
import { artifactBody, artifactIn, artifactOut, type ArtifactOut } from './artifact-schemas.js';
import { bytes, contentHeaders, contentQuery, uploadIn, uploadOut, uploadParams } from './content-schemas.js';
import { requestDigest, type Answer } from './idempotency.js';
import { problems } from './schema-problem.js';
import { refuseOtherLength, uploadFields } from './upload-fields.js';

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
      const asked = parseInput(registerArtifactInput, fields);
      refuseOtherLength(asked, request.headers);
      // Told before a byte is asked for, rather than after an hour of them.
      await ensureArtifacts(
        request.ctx,
        asked.sources.map(({ artifactId }) => artifactId),
      );
      askForBody(reply);
      if (key !== null) return receiveOnce(request, reply, { key, fields, asked });
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
  { key, fields, asked }: { key: string; fields: z.output<typeof artifactIn>; asked: RegisterArtifactInput },
): Promise<ArtifactOut | void> {
  const { ctx } = request;
  const declared = { sha256: asked.contentHash ?? undefined, sizeBytes: asked.sizeBytes ?? undefined };
  const received = await receiveContent(request.raw, { declared, scratchDir: ctx.content.scratchDir });
  try {
    const digest = requestDigest(request.method, request.url, JSON.stringify(fields), received.sha256);
    return await answerWithBytes(
      request,
      reply,
      { key, digest },
      {
        move: () => storeContent(ctx, asked, received),
        record: recordCreated,
      },
    );
  } finally {
    await received.discard();
  }
}

async function recordCreated(ctx: Context, stored: ContentToRecord): Promise<Answer<ArtifactOut>> {
  return { status: 201, body: artifactBody(await recordStored(ctx, stored)) };
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
    async (request, reply) => {
      const key = idempotencyKey(request);
      const { id } = request.params;
      if (key !== null) return completeOnce(request, reply, key, id);
      reply.code(201);
      return artifactBody(await completeUpload(request.ctx, id, request.body));
    },
  );
}

async function completeOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  uploadId: string,
): Promise<ArtifactOut | void> {
  const digest = requestDigest(request.method, request.url, JSON.stringify(request.body));
  let upload: ReceivedUpload | undefined;
  const move = async () => {
    upload = await receiveUpload(request.ctx, uploadId, request.body);
    return upload.stored;
  };
  try {
    const answer = await answerWithBytes(request, reply, { key, digest }, { move, record: recordCreated });
    await upload?.recorded();
    return answer;
  } finally {
    await upload?.discard();
  }
}

function uploadBody({ uploadId, requests, partSize, expiresAt }: Upload): z.input<typeof uploadOut> {
  return { upload_id: uploadId, requests, part_size: partSize, expires_at: expiresAt.toISOString() };
}
