import pino, { type Logger } from 'pino';

/**
 * The service's log, JSON lines. They are gathered and written together, at the latest after a fifth of a second and
 * when the process exits: a write for each line would cost a request as much as its own work.
 * @param to a file descriptor, or a file
 */
export function openLog(level: string, to: number | string): Logger {
  const destination = pino.destination({ dest: to, sync: false, minLength: 16_000, periodicFlush: 200 });
  return pino({ level, base: null }, destination);
}
