// node scripts/torture.mjs races|fuzz [--minutes N] [--seed N]: the short tests of test/torture, for as long as you like.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runNode } from './run-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
});
const env = {
  ...process.env,
  TORTURE_SECONDS: String(Number(values.minutes) * 60),
  ...(values.seed === undefined ? {} : { TORTURE_SEED: values.seed }),
};
const pattern = `test/torture/${positionals[0] ?? ''}`;
const args = [join(root, 'scripts', 'test.mjs'), '--testPathPatterns', pattern];
process.exit(await runNode(args, { env }));
