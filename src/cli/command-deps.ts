import type { Config } from '../config.js';
import type { Service, ServiceOptions } from '../service/open-service.js';
import type { Terminal } from './terminal.js';

type OpenOptions = Pick<ServiceOptions, 'migrate'>;

/** What every command's factory gets: `lineageCommand(deps): Command`. */
export interface CommandDeps {
  config: Config;
  /** Who is recorded for changes made on this command line. */
  actor: string;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  terminal(options: { json?: boolean | undefined }): Terminal;
  /** Neo4j and the store of the configuration, or of DATA_DIR, started for this command's own duration where needed. */
  open(terminal: Terminal, options?: OpenOptions): Promise<Service>;
  /** The exit code when nothing throws: 0 unless a command finds something (1). */
  exitWith(code: 0 | 1): void;
}

/** Opens the service for the length of `work`, and leaves it whatever happens. */
export async function withService<T>(
  deps: CommandDeps,
  terminal: Terminal,
  work: (service: Service) => Promise<T>,
  options: OpenOptions = {},
): Promise<T> {
  const service = await deps.open(terminal, options);
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}
