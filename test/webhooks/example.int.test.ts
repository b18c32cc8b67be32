import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { freePort } from '../../src/local/free-port.js';
import { packageRoot } from '../../src/package-root.js';
import { Delivery } from '../../src/webhooks/deliver.js';
import { registerWebhook, removeWebhook } from '../../src/webhooks/webhook.js';
import { openTestContext } from '../support/graph.js';
import { quick } from './schedules.js';

const settings = { privateAddresses: true };
const folder = join(packageRoot, 'node_modules', '.cache', `receiver-${process.pid}`);

it('the receiver of docs/webhooks.md takes what is signed', async () => {
  const page = await readFile(join(packageRoot, 'docs', 'webhooks.md'), 'utf8');
  const [, program = ''] = /^```js\n(.*?)^```/ms.exec(page) ?? [];
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'receiver.mjs'), program);
  const test = await openTestContext();
  const actor = test.unique('writer');
  const port = await freePort(undefined);
  const url = `http://127.0.0.1:${port}/hook`;
  const { id, secret } = await registerWebhook(test.ctx, { url, actor }, settings);
  const child = spawn(process.execPath, [join(folder, 'receiver.mjs')], {
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const delivery = new Delivery(test.ctx, settings, quick);
  try {
    expect((await lines.next()).value).toBe('listening');
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    delivery.start();
    const artifact = await registerArtifact({ ...test.ctx, actor }, { type: 'image' });
    expect((await lines.next()).value).toBe(`artifact-graph.artifact.registered ${artifact.id} intermediate`);
  } finally {
    await delivery.stop();
    child.kill();
    await once(child, 'exit');
    await removeWebhook(test.ctx, id);
    await test.close();
    await rm(folder, { recursive: true });
  }
});
