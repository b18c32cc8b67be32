import { Command } from 'commander';
import { validateLegacy, type LegacyFinding } from '../legacy/validate-legacy.js';
import { oneLine } from '../model/text.js';
import { withService, type CommandDeps } from './command-deps.js';
import { addPathMap, legacySource, withLegacyTables, type PathMap } from './legacy-source.js';

interface Flags {
  mediaRoot?: string;
  pathMap: PathMap[];
  json?: boolean;
}

export function legacyValidateCommand(deps: CommandDeps): Command {
  return new Command('validate')
    .description(
      'hold every story of the old database, its row and its files, against the graph; exit 1 on any finding',
    )
    .argument('[source]', 'a SQLite file or a postgres:// address; LEGACY_DATABASE when absent')
    .option('--media-root <dir>', 'as for import')
    .option('--path-map <old=new>', 'as for import', addPathMap, [])
    .option('--json', 'print one JSON document')
    .action(async (source: string | undefined, flags: Flags) => {
      const terminal = deps.terminal(flags);
      const findings: LegacyFinding[] = [];
      const bar = terminal.progress('stories checked');
      const onFinding = (finding: LegacyFinding) => {
        if (terminal.json) findings.push(finding);
        else terminal.result(oneLine(`${finding.story_id}: ${finding.finding}: ${finding.detail}`));
      };
      const summary = await withLegacyTables(legacySource(deps, source), (tables) =>
        withService(deps, terminal, ({ ctx }) =>
          validateLegacy(ctx, tables, {
            mediaRoot: flags.mediaRoot,
            pathMaps: flags.pathMap,
            onFinding,
            onProgress: (done, total) => bar.update(done, total),
            signal: terminal.signal,
          }),
        ),
      ).finally(() => bar.stop());
      terminal.result(
        terminal.json
          ? JSON.stringify({ ...summary, findings }, null, 2)
          : `${summary.total} stories checked, ${summary.clean} as the old database says, ${summary.findings} findings`,
      );
      if (summary.findings > 0) deps.exitWith(1);
    });
}
