import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { askGraph, maxRows, type GraphAnswer } from '../audit/ask-graph.js';
import { InvalidInput } from '../errors.js';
import type { Json } from '../model/json.js';
import { cutText, oneLine } from '../model/text.js';
import { withService, type CommandDeps } from './command-deps.js';

export function cypherCommand(deps: CommandDeps): Command {
  return new Command('cypher')
    .description('run a Cypher statement that only reads, and print a table; Neo4j refuses everything else')
    .argument('<file>', 'a file with one statement, or - for standard input')
    .option('--parameters <json>', 'values of $parameters, as a JSON object', '{}')
    .option('--limit <rows>', `rows at most, up to ${maxRows}`, '1000')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: { parameters: string; limit: string; json?: boolean }) => {
      const terminal = deps.terminal(options);
      const input = {
        statement: await readStatement(file),
        parameters: readParameters(options.parameters),
        limit: Number(options.limit),
      };
      const ask = ({ ctx }: { ctx: Parameters<typeof askGraph>[0] }) => askGraph(ctx, input);
      const answer = await withService(deps, terminal, ask, { migrate: false });
      terminal.result(terminal.json ? JSON.stringify(answer, null, 2) : drawTable(answer));
      if (answer.truncated) terminal.note(`only the first ${answer.rows.length} rows; --limit gives more`);
    });
}

async function readStatement(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `${file} cannot be read`;
    throw new InvalidInput(message, [{ path: 'file', message }], 'invalid_input', { cause });
  });
}

function readParameters(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const message = 'is not JSON';
    throw new InvalidInput(`--parameters ${message}`, [{ path: 'parameters', message }], 'invalid_input', {
      cause,
    });
  }
}

/** Columns as wide as what is in them; wider values are cut. */
const maxWidth = 80;

function drawTable({ columns, rows }: GraphAnswer): string {
  const cells = [columns, ...rows.map((row) => row.map(drawCell))];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
}

function drawCell(value: Json): string {
  return cutText(oneLine(typeof value === 'string' ? value : JSON.stringify(value)), maxWidth, '…');
}
