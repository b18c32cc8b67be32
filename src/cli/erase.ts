import { Command } from 'commander';
import { erase, type Certificate } from '../erase/erase.js';
import { withService, type CommandDeps } from './command-deps.js';

interface Flags {
  story?: string;
  artifact?: string[];
  reason: string;
  json?: boolean;
}

export function eraseCommand(deps: CommandDeps): Command {
  return new Command('erase')
    .description('remove for good what is recorded of a story or of artifacts; ids and edges stay')
    .option('--story <id>', 'the story, with its runs, its artifacts and what they were made from')
    .option('--artifact <id>', 'one artifact; may be repeated', (id: string, before?: string[]) => [
      ...(before ?? []),
      id,
    ])
    .requiredOption('--reason <text>', 'why, for the audit record, which stays')
    .option('--json', 'print one JSON document')
    .action(async ({ story, artifact, reason, ...options }: Flags) => {
      const terminal = deps.terminal(options);
      const certificate = await withService(deps, terminal, ({ ctx }) =>
        erase(ctx, { storyId: story, artifactIds: artifact, reason }),
      );
      terminal.result(
        terminal.json ? JSON.stringify(certificateJson(certificate), null, 2) : describe(certificate),
      );
    });
}

function certificateJson({ at, erased, kept, removed, ...rest }: Certificate) {
  return {
    ...rest,
    at: new Date(at).toISOString(),
    ...erased,
    kept: kept.map(({ id, storyId }) => ({ artifact_id: id, story_id: storyId })),
    removed: removed.map(({ sha256, sizeBytes }) => ({ sha256, size_bytes: sizeBytes })),
  };
}

function describe(certificate: Certificate): string {
  const { id, at, actor, reason, erased, kept, removed, shared, locked, answers, events } = certificate;
  const listed = (what: string, ids: readonly string[]) => ids.map((one) => `  ${what} ${one}`);
  const bytes = removed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return [
    `Certificate of erasure ${id}`,
    `at ${new Date(at).toISOString()} by ${actor}: ${reason}`,
    '',
    'Erased; ids, kinds, states, times and edges stay:',
    ...listed('story', erased.stories),
    ...listed('run', erased.runs),
    ...listed('step', erased.steps),
    ...listed('artifact', erased.artifacts),
    `  ${answers} kept answers, what ${events} audit events told`,
    '',
    `Bytes removed: ${removed.length} objects, ${bytes} bytes`,
    ...removed.map(({ sha256 }) => `  ${sha256}`),
    ...(shared.length > 0 ? ['Bytes that other artifacts have, and so stay:', ...listed('', shared)] : []),
    ...(locked.length > 0 ? ['Bytes that the store protects, and so stay:', ...listed('', locked)] : []),
    ...(kept.length > 0
      ? [
          'Not erased, for another story has them too:',
          ...kept.map((one) => `  artifact ${one.id} of story ${one.storyId}`),
        ]
      : []),
    '',
    'Still to be rid of it:',
    ...certificate.remaining.map((sentence) => `  - ${sentence}`),
  ].join('\n');
}
