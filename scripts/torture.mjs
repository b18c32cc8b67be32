// node scripts/torture.mjs races|fuzz [--minutes N] [--seed N]: the short tests of test/torture, for as long as you like.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

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
const child = spawn(process.execPath, args, { stdio: 'inherit', env });
process.on('SIGINT', () => undefined);
const [code] = await once(child, 'exit');
process.exit(code ?? 1);
