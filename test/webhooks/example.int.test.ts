import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { listEvents } from '../../src/audit/list-events.js';
import { freePort } from '../../src/local/free-port.js';
import { packageRoot } from '../../src/package-root.js';
import { Sender } from '../../src/webhooks/receiver.js';
import { sendEvent } from '../../src/webhooks/send-event.js';
import { openTestContext } from '../support/graph.js';

const folder = join(packageRoot, 'node_modules', '.cache', `receiver-${process.pid}`);

// Sent by itself: a delivery would take turns of the webhooks of other tests, too, which share the graph.
it('the receiver of docs/webhooks.md takes what is signed', async () => {
  const page = await readFile(join(packageRoot, 'docs', 'webhooks.md'), 'utf8');
  const [, program = ''] = /^```js\n(.*?)^```/ms.exec(page) ?? [];
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'receiver.mjs'), program);
  const test = await openTestContext();
  const port = await freePort(undefined);
  const url = `http://127.0.0.1:${port}/hook`;
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const child = spawn(process.execPath, [join(folder, 'receiver.mjs')], {
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const sender = new Sender(true);
  try {
    expect((await lines.next()).value).toBe('listening');
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    const { id } = await registerArtifact(test.ctx, { type: 'image' });
    for (const event of (await listEvents(test.ctx, { nodeId: id, newestFirst: true })).events) {
      const attempt = await sendEvent(sender, { url, secret }, event, new AbortController().signal);
      expect(attempt).toMatchObject({ outcome: 'delivered' });
    }
    expect((await lines.next()).value).toBe(`artifact-graph.artifact.registered ${id} intermediate`);
  } finally {
    sender.close();
    child.kill();
    await once(child, 'exit');
    await test.close();
    await rm(folder, { recursive: true });
  }
});
