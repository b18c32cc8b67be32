import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isRunning, processIdentity } from './process-identity.js';

const user = processIdentity.extend({ id: z.uuid() });

/**
 * What is known about the server of one data folder, kept beside its data so that the next command finds it.
 * `users` are the commands that use the server; the last one that leaves stops it.
 */
export interface ServerState<Details> {
  server: z.infer<typeof processIdentity> | null;
  details: Details;
  users: z.infer<typeof user>[];
}

function stateSchema<Details>(details: z.ZodType<Details>) {
  return z.object({ server: processIdentity.nullable(), details, users: z.array(user) });
}

/**
 * Null when none was started in this folder yet. Users and a server that have died since are left out.
 * Reading and writing are synchronous: no signal of ours can come between starting a server and recording it.
 */
export function readState<Details>(file: string, details: z.ZodType<Details>): ServerState<Details> | null {
  if (!existsSync(file)) return null;
  const state = stateSchema(details).parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    ...state,
    server: state.server && isRunning(state.server) ? state.server : null,
    users: state.users.filter(isRunning),
  };
}

/** Whole or not at all, also through a power cut. */
export function writeState<Details>(file: string, state: ServerState<Details>): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { flush: true });
  renameSync(`${file}.new`, file);
}
