import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { completeStep } from '../runs/complete-step.js';
import { getRun } from '../runs/get-run.js';
import { moveRun } from '../runs/move-run.js';
import { recordRunArtifact } from '../runs/record-run-artifact.js';
import { startRun } from '../runs/start-run.js';
import { startStep } from '../runs/start-step.js';
import { answerPost } from './answer.js';
import { artifactBody } from './artifact-schemas.js';
import {
  runArtifactBody,
  runArtifactIn,
  runArtifactOut,
  runBody,
  runIn,
  runOut,
  runParams,
  runStatusIn,
  runWithPartsOut,
  stepBody,
  stepIn,
  stepOut,
  stepParams,
  stepResultIn,
} from './run-schemas.js';
import { problems } from './schema-problem.js';

const tags = ['runs'];
const writer = { role: 'writer' } as const;

export function runRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  addRuns(app);
  addSteps(app);
  addRunArtifacts(app);
  done();
}

function addRuns(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post(
    '/artifacts/runs',
    {
      config: writer,
      schema: {
        tags,
        summary: 'Record a run of a workflow; it becomes the current run of its story',
        body: runIn,
        response: { ...problems('not_found', 'duplicate'), 201: runOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => ({
        status: 201,
        body: runBody(await startRun(ctx, request.body)),
      })),
  );
  api.get(
    '/artifacts/runs/:id',
    {
      schema: {
        tags,
        summary: 'A run with its steps, its artifacts and the stages recorded',
        params: runParams,
        response: { ...problems('not_found'), 200: runWithPartsOut },
      },
    },
    async (request) => {
      const { run, steps, artifacts, links } = await getRun(request.ctx, request.params.id);
      return {
        run: runBody(run),
        steps: steps.map(stepBody),
        artifacts: artifacts.map(artifactBody),
        links: links.map(runArtifactBody),
      };
    },
  );
  api.patch(
    '/artifacts/runs/:id/status',
    {
      config: { ...writer, fieldNames: { to: 'status' } },
      schema: {
        tags,
        summary: 'Move a run: pending, running, then completed, failed or cancelled',
        params: runParams,
        body: runStatusIn,
        response: { ...problems('not_found', 'conflict', 'illegal_transition'), 200: runOut },
      },
    },
    async (request) => {
      const { status: to, summary } = request.body;
      return runBody(await moveRun(request.ctx, { id: request.params.id, to, summary }));
    },
  );
}

function addSteps(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post(
    '/artifacts/runs/:id/steps',
    {
      config: { ...writer, fieldNames: { runId: 'id' } },
      schema: {
        tags,
        summary: 'Record a step that begins now, with the artifacts that it uses',
        params: runParams,
        body: stepIn,
        response: { ...problems('not_found', 'conflict'), 201: stepOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => {
        const step = await startStep(ctx, { runId: request.params.id, ...request.body });
        return { status: 201, body: stepBody(step) };
      }),
  );
  api.post(
    '/artifacts/steps/:id/complete',
    {
      config: writer,
      schema: {
        tags,
        summary: 'End a step, completed or failed, with what it gave',
        params: stepParams,
        body: stepResultIn,
        response: { ...problems('not_found', 'conflict', 'illegal_transition'), 200: stepOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => {
        const step = await completeStep(ctx, { id: request.params.id, ...request.body });
        return { status: 200, body: stepBody(step) };
      }),
  );
}

function addRunArtifacts(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post(
    '/artifacts/runs/:id/artifacts',
    {
      config: { ...writer, fieldNames: { runId: 'id' } },
      schema: {
        tags,
        summary: 'Record the stage that an artifact reached in a run; 200 when it was recorded before',
        params: runParams,
        body: runArtifactIn,
        response: { ...problems('not_found', 'conflict'), 200: runArtifactOut, 201: runArtifactOut },
      },
    },
    (request, reply) =>
      answerPost(request, reply, async (ctx) => {
        const { link, created } = await recordRunArtifact(ctx, { runId: request.params.id, ...request.body });
        return { status: created ? 201 : 200, body: runArtifactBody(link) };
      }),
  );
}
