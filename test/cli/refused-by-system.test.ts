import { readlinkSync, rmdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { refusedBySystem } from '../../src/cli/refused-by-system.js';

const here = fileURLToPath(import.meta.url);
const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test('what the system refuses for a reason that lies with a file is one sentence', () => {
  const told = refusedBySystem(thrownBy(() => statSync(`${here}.gone`)));
  expect(told).toBe(`${here}.gone cannot be used (stat): there is no such file`);
  const busy = Object.assign(new Error(), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
    address: '::1',
    port: 1,
  });
  expect(refusedBySystem(busy)).toBe('::1:1 cannot be used (connect): nobody answers there');
});

test.each([
  ['a link where there is none', () => readlinkSync(here), 'EINVAL'],
  ['a folder that is not empty', () => rmdirSync(fileURLToPath(new URL('.', import.meta.url))), 'ENOTEMPTY'],
])('a mistake of our own that carries a code of the system keeps its stack: %s', (_what, act, code) => {
  const error = thrownBy(act);
  expect(error).toMatchObject({ code });
  expect(refusedBySystem(error)).toBeNull();
});

test.each([new TypeError('undefined is no function'), 'text', null, { code: 'ERR_ASSERTION', syscall: 'x' }])(
  'anything else is none of it: %p',
  (error) => expect(refusedBySystem(error)).toBeNull(),
);
