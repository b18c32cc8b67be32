// A reader of the feed as somebody else would write it, to be killed at any moment: what it has seen, and where it was, is
// in a file. Arguments: the address with its filter, the file, `pages` or `stream`.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [, , address, file, mode] = process.argv;
const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
let cursor = lines.length > 0 ? JSON.parse(lines.at(-1)).cursor : null;

function keep(event) {
  appendFileSync(file, `${JSON.stringify({ id: event.id, node_id: event.node_id, cursor: event.cursor })}\n`);
  cursor = event.cursor;
}

async function readPages() {
  for (;;) {
    const answer = await fetch(`${address}&limit=10${cursor === null ? '' : `&after=${cursor}`}`);
    const { events, has_more: more } = await answer.json();
    events.forEach(keep);
    if (!more) await sleep(20);
  }
}

async function readStream() {
  const headers = { accept: 'text/event-stream', ...(cursor === null ? {} : { 'last-event-id': cursor }) };
  const { body } = await fetch(address, { headers });
  let text = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    const parts = (text + piece).split('\n\n');
    text = parts.pop();
    for (const part of parts) {
      const data = part.split('\n').find((line) => line.startsWith('data: '));
      if (data) keep(JSON.parse(data.slice(6)));
    }
  }
}

await (mode === 'stream' ? readStream() : readPages());
