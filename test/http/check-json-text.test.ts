import fc from 'fast-check';
import { InvalidInput } from '../../src/errors.js';
import { parseJsonBody } from '../../src/http/json-body.js';
import { cpuMs } from '../support/cpu-ms.js';

const parse = (text: string) => parseJsonBody(Buffer.from(text));

function refusal(text: string): { path: string; message: string } | undefined {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues[0];
    throw error;
  }
  return undefined;
}

describe('a JSON body', () => {
  it('comes through as it was sent', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"metadata":{"seed":9007199254740993}}', 'metadata.seed'],
    ['{"a":[1,2,123456789012345678901]}', 'a.2'],
    ['{"a":1e400}', 'a'],
    ['{"a":-1e400}', 'a'],
    ['{"a":1e-400}', 'a'],
    ['{"a":0.1234567890123456789}', 'a'],
    ['{"a":{"b":1,"c":[{"b":1},{"b":2,"b":3}]}}', 'a.c.1.b'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":{"__proto__":{"admin":true}}}', 'x.__proto__'],
    ['{"x":{"__pro\\u0074o__":1}}', 'x.__proto__'],
  ])('is refused where it would be changed: %s', (text, path) => {
    expect(refusal(text)).toMatchObject({ path });
  });

  it.each([
    '{"a":9007199254740991,"b":-9007199254740991}',
    '{"a":0.1,"b":0.30000000000000004,"c":1e3,"d":1.0,"e":-0,"f":0e10,"g":0.000,"h":1E+2}',
    '{"a":1.7976931348623157e308,"b":5e-324,"c":2.2250738585072014e-308}',
    '{"a":"12345678901234567890 1e999 \\" {\\"a\\":1,","b":"\\\\","c":["}","]"]}',
    '{"a":{"k":1},"b":{"k":1},"c":[{"k":1},{"k":1}]}',
    '  [ ]  ',
    '"text"',
    '12',
  ])('is kept where nothing is lost: %s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it('is refused when it is nested too deeply, in no time', () => {
    const deep = '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000);
    const spent = cpuMs(() => {
      expect(refusal(deep)?.message).toMatch(/nested deeper/);
      expect(refusal('['.repeat(100_000) + ']'.repeat(100_000))?.message).toMatch(/nested deeper/);
    });
    expect(spent).toBeLessThan(500);
  });

  it.each(['', '{', '{"a":}', '{"a":01}', 'nul', '{"a":1}x', "{'a':1}"])(
    'is refused when it is not JSON: %j',
    (text) => {
      expect(refusal(text)).toEqual({
        path: '',
        message: expect.stringMatching(/^the body is not JSON: line 1, column \d+$/) as string,
      });
    },
  );

  it('is refused when it is not UTF-8', () => {
    expect(() => parseJsonBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow('not UTF-8');
  });
});
