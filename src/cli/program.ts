import { Command, CommanderError } from 'commander';
import type { Config } from '../config.js';
import { AppError, InvalidInput } from '../errors.js';
import { PrerequisiteMissing } from '../local/prerequisite-missing.js';
import { printable } from '../model/text.js';
import type { CommandDeps } from './command-deps.js';
import { contentCommand } from './content.js';
import { cypherCommand } from './cypher.js';
import { eraseCommand } from './erase.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';
import { legacyCommand } from './legacy-command.js';
import { lineageCommand } from './lineage.js';
import { refusedBySystem } from './refused-by-system.js';
import { openService } from '../service/open-service.js';
import { schemaCommand } from './schema.js';
import { serveCommand } from './serve.js';
import { openTerminal } from './terminal.js';
import { upCommand } from './up.js';
import { verifyCommand } from './verify.js';
import { whereisCommand } from './whereis.js';

export interface Invocation {
  /** The words after the program's name. */
  args: string[];
  /** @throws InvalidInput naming each wrong variable */
  readConfig: () => Config;
  /** Who is recorded for changes made on this command line. */
  actor: string;
  signal: AbortSignal;
}

/** The command's own wrong use, as commander words it, is 2; failures and findings are 1. */
const wrongUse = 2;
const interrupted = 130;

/**
 * Runs one command to its end. Results go to stdout, everything else to stderr.
 * @returns the exit code: 0 success, 1 findings or failure, 2 wrong use or a missing prerequisite, 130 after Ctrl-C
 */
export async function runCommandLine(invocation: Invocation): Promise<number> {
  let exitCode = 0;
  try {
    const deps = commandDeps(invocation, (code) => {
      exitCode = code;
    });
    await buildProgram(deps).parseAsync(invocation.args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, invocation.signal);
  }
}

function commandDeps(
  { readConfig, actor, signal }: Invocation,
  exitWith: (code: 0 | 1) => void,
): CommandDeps {
  return {
    get config() {
      return readConfig();
    },
    actor,
    signal,
    terminal: ({ json }) => openTerminal(json ?? false, signal),
    open: (terminal, options) =>
      openService({ config: readConfig(), onProgress: terminal.note, signal, actor, ...options }),
    exitWith,
  };
}

const output = { writeErr: (text: string) => void process.stderr.write(printable(text)) };

function buildProgram(deps: CommandDeps): Command {
  const program = new Command('artifact-graph')
    .description('where did this file come from, what was made from it, and can the record be trusted')
    .exitOverride()
    .configureOutput(output)
    .showHelpAfterError('(artifact-graph COMMAND --help tells more)')
    .configureHelp({ sortSubcommands: false });
  const commands = [
    upCommand,
    serveCommand,
    schemaCommand,
    legacyCommand,
    lineageCommand,
    whereisCommand,
    verifyCommand,
    contentCommand,
    cypherCommand,
    exportCommand,
    importCommand,
    eraseCommand,
  ];
  for (const make of commands) program.addCommand(inheritExit(make(deps)));
  return program;
}

/** Commander ends the process by itself unless every command is told not to. */
function inheritExit(command: Command): Command {
  command.exitOverride().showHelpAfterError('(--help tells more)').configureOutput(output);
  for (const part of command.commands) inheritExit(part);
  return command;
}

/** Messages repeat names, which may come from anywhere. */
function tell(message: string): void {
  process.stderr.write(`${printable(message)}\n`);
}

function explain(error: unknown, signal: AbortSignal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUse;
  if (signal.aborted) {
    tell('stopped');
    return interrupted;
  }
  if (error instanceof PrerequisiteMissing) {
    tell(error.message);
    return error.exitCode;
  }
  if (error instanceof AppError) {
    tell(error.message);
    return error instanceof InvalidInput ? wrongUse : 1;
  }
  tell(refusedBySystem(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
  return 1;
}
