import { once } from 'node:events';

/** jest's globalTeardown: the holder stops the servers when it is let go, see hold-servers.ts. */
export default async function stopServers(): Promise<void> {
  const holder = globalThis.serverHolder;
  if (holder === undefined || holder.exitCode !== null) return;
  holder.disconnect();
  await once(holder, 'exit');
}
