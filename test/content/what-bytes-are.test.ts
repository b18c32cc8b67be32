import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { probeContent } from '../../src/content/probe/probe-content.js';
import { isCutShort } from '../../src/content/probe/cut-short.js';
import { charsetOf, checkKind, decideType } from '../../src/content/probe/decide-type.js';
import { mp3, rifx, wav } from './media-bytes.js';

const folder = mkdtempSync(join(tmpdir(), 'what-bytes-are-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const probe = (bytes: Uint8Array, declared?: string) => probeContent({ bytes }, declared);
const box = (name: string, ...parts: string[]) => {
  const body = Buffer.from(name + parts.join(''), 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 4);
  return Buffer.concat([size, body]);
};

function bitmap({ header = 40, bits = 24, height = 30, stated = -1 }): Buffer {
  const palette = bits > 8 ? 0 : (header === 12 ? 3 : 4) << bits;
  const pixelsAt = 14 + header + palette;
  const bytes = Buffer.alloc(pixelsAt + 4 * Math.ceil((40 * bits) / 32) * Math.abs(height));
  bytes.write('BM');
  bytes.writeUInt32LE(stated < 0 ? bytes.length : stated, 2);
  bytes.writeUInt32LE(pixelsAt, 10);
  bytes.writeUInt32LE(header, 14);
  if (header === 12) [40, height, 1, bits].forEach((value, n) => bytes.writeInt16LE(value, 18 + 2 * n));
  else {
    bytes.writeInt32LE(40, 18);
    bytes.writeInt32LE(height, 22);
    bytes.writeUInt16LE(1, 26);
    bytes.writeUInt16LE(bits, 28);
  }
  return bytes;
}

function icon(kind: number, sides: readonly (readonly [number, number])[]): Buffer {
  const picture = Buffer.from('89504e470d0a1a0a'.repeat(8), 'hex');
  const head = Buffer.alloc(6 + 16 * sides.length);
  [0, kind, sides.length].forEach((value, n) => head.writeUInt16LE(value, 2 * n));
  for (const [n, [width, height]] of sides.entries()) {
    head.writeUInt8(width, 6 + 16 * n);
    head.writeUInt8(height, 7 + 16 * n);
    head.writeUInt32LE(picture.length, 14 + 16 * n);
    head.writeUInt32LE(head.length + n * picture.length, 18 + 16 * n);
  }
  return Buffer.concat([head, ...sides.map(() => picture)]);
}

describe('whole-file text without control characters is text, first of all', () => {
  const atG = `G${'randma told us about the sea. '.repeat(7)}`.slice(0, 188) + 'Grandpa waved.\n';
  test.each([
    'BMX bikes are fast.\n',
    'GIFTS for everybody!\n',
    'GIF89a is how old pictures begin.\n',
    'FORM a circle, children.\n',
    'FORMAIFFAIFF, sang the frog.\n',
    'MAC and his sister Lou.\n',
    'solid ground at last.\n',
    'ID3 is the name of our robot.\n',
    'RIFF and raff, WAVE goodbye!\n',
    'OggS the owl could not sleep.\n',
    'fLaCs are flowers.\n',
    'MThd was what the robot said.\n',
    'FLV is a bird.\n',
    'PK was tired.\n',
    'MZ and BZh met Rar!\n',
    '%!PS I love you.\n',
    'wOFF! barked the dog.\n',
    '8BPS, whispered the machine.\n',
    'II* and MM* are twins.\n',
    'xxxxftypisom is a word nobody can say.\n',
    '#!AMR\n is no tune.\n',
    atG,
  ])('%j', async (text) => {
    const { detectedType } = await probe(Buffer.from(text));
    expect(detectedType).toBe('text/plain');
    for (const type of ['image/gif', 'image/bmp', 'audio/aiff', 'audio/mpeg', 'video/mp2t']) {
      expect(() => decideType(type, detectedType)).toThrow(/declared/);
    }
    const settled = decideType(null, detectedType);
    for (const kind of ['image', 'audio', 'video'] as const) {
      expect(() => checkKind(kind, settled, detectedType)).toThrow(/which is no/);
    }
  });

  test.each([
    ['utf-16le', Buffer.from('\uFEFFEs war einmal ein Bär.\r\n', 'utf16le')],
    ['utf-16be', Buffer.from('\uFEFFEs war einmal ein Bär.\r\n', 'utf16le').swap16()],
    ['utf-16le', Buffer.from('\uFEFF从前有一只熊。', 'utf16le')],
    ['utf-16be', Buffer.from('\uFEFF🐻 🚀', 'utf16le').swap16()],
  ])('UTF-16 with a mark (%s)', async (charset, bytes) => {
    expect(await probe(bytes)).toMatchObject({ detectedType: 'text/plain', facts: { charset } });
  });

  test('counts UTF-16 text as it counts UTF-8', async () => {
    const text = 'Ein Bär, ein Fuchs und 一只猫 🐈.';
    const { facts } = await probe(Buffer.from(text));
    expect((await probe(Buffer.from(`\uFEFF${text}`, 'utf16le'))).facts).toMatchObject(facts);
  });

  test.each([
    ['utf-16le', Buffer.from('Es war einmal ein Bär.\r\n', 'utf16le')],
    ['utf-16be', Buffer.from('{"title": "Der Bär"}', 'utf16le').swap16()],
    ['utf-16le', Buffer.from('BMX-Räder', 'utf16le')],
  ])('UTF-16 without a mark (%s)', async (charset, bytes) => {
    const { facts } = await probe(bytes);
    expect(facts).toMatchObject({ charset, character_count: bytes.length / 2 });
  });

  test.each([
    ['windows-1251', 'c3e8f4fb20e820ffe1ebeeeae8', 13],
    ['koi8-r', '47494620d7c5ccd3c9d0c5c4d9', 13],
    ['shift_jis', '82ad82dc82b382f182cd', 5],
    ['gb18030', 'd0dca1a3', 2],
    ['euc-kr', 'b0f5', 1],
    ['utf-16', '52004900460046002000', 5],
    ['iso-2022-jp', '1b2442242f1b2842', 1],
    ['iso-8859-1', '4974616cffe9', 6],
  ])('is read in the encoding that the sender names: %s', async (charset, hex, characters) => {
    const { detectedType, facts } = await probe(Buffer.from(hex, 'hex'), `text/plain; charset=${charset}`);
    expect([detectedType, facts.charset, facts.character_count]).toEqual(['text/plain', charset, characters]);
  });

  test.each(['us-ascii', 'utf-8', 'UTF8', 'x-nobody-knows'])('%s is UTF-8', async (charset) => {
    const { facts } = await probe(Buffer.from('Bär'), `text/plain; charset=${charset}`);
    expect(facts).toEqual({ character_count: 3, word_count: 1 });
  });

  test.each(['12', 'true', ' null\n', '\uFEFF-1.5e3', `[${'1,'.repeat(2_200_000)}1]`])(
    'JSON of every kind is JSON for whom calls it so: %.20j',
    async (text) => {
      const { detectedType } = await probe(Buffer.from(text), 'application/json');
      expect(decideType('application/json', detectedType).difference).toBeNull();
      expect((await probe(Buffer.from(text))).detectedType).toBe('text/plain');
    },
  );

  test.each(['<a>', '<p class="x">', '<title>'])('XML is no HTML because of its root: %s', async (root) => {
    const { detectedType } = await probe(Buffer.from(`<?xml version="1.0"?>${root}</a>`));
    expect(detectedType).toBe('application/xml');
  });

  test.each(['{"title": "The bear"}\n', '[1, 2]', '"a string"'])(
    'JSON with a mark is JSON: %s',
    async (text) => {
      expect((await probe(Buffer.from(`\uFEFF${text}`))).detectedType).toBe('application/json');
      expect((await probe(Buffer.from(`\uFEFF${text}`, 'utf16le'))).detectedType).toBe('application/json');
    },
  );

  test.each([
    ['Latin-1', Buffer.from('Häschen und Bär gehen über die Brücke.\n', 'latin1')],
    ['Latin-1 that begins like a picture', Buffer.from('BMX-Räder sind schön.\n', 'latin1')],
    ['Shift-JIS', Buffer.from('82ad82dc82b382f182cd90588dd28d7382ab82dc82b582bd8142'.repeat(3), 'hex')],
    [
      'Windows-1251, with the letter 255',
      Buffer.from('cceef1eae2e02c20ecefff20f1e5ecfcff2e0a'.repeat(4), 'hex'),
    ],
    ['Latin-1 with that byte', Buffer.from("L'Haÿ-les-Roses est une ville.\n", 'latin1')],
    ['GB 18030', Buffer.from('b4d3c7b0d3d0d2bbd6bbd0dca1a3'.repeat(6), 'hex')],
  ])('text in an older encoding (%s)', async (_name, bytes) => {
    expect(await probe(bytes)).toEqual({ detectedType: 'text/plain', facts: { charset: 'unknown-8bit' } });
  });

  test.each([
    ['GIF', Buffer.from('47494620d7c5ccd3c9d0c5c4d9', 'hex')],
    ['GIF and zeros', Buffer.from('4749460000000000', 'hex')],
    ['GIF of another year', Buffer.from('GIF90a\x01\x00\x01\x00')],
  ])('three letters are no picture: %s', async (_name, bytes) => {
    expect((await probe(bytes)).detectedType).toBe('application/octet-stream');
  });

  test('a control character, and it is none', async () => {
    expect((await probe(Buffer.from('a story\x00 with a hole'))).detectedType).toBe(
      'application/octet-stream',
    );
  });
});

test.each([
  ['text/plain; charset=ISO-8859-1', 'iso-8859-1'],
  ['text/plain;charset="shift_jis"', 'shift_jis'],
  ['text/plain; format=flowed; charset=utf-16', 'utf-16'],
  ['text/plain', null],
  ['text/plain; charset=a b', null],
])('%s names the encoding %s', (mediaType, charset) => expect(charsetOf(mediaType)).toBe(charset));

describe('bitmaps and icons say all of themselves, however much of them is there', () => {
  test.each([
    ['of Windows', bitmap({})],
    ['of OS/2', bitmap({ header: 12 })],
    ['of OS/2 with a palette', bitmap({ header: 12, bits: 8 })],
    ['with masks', bitmap({ header: 108, bits: 32 })],
    ['with a colour profile', bitmap({ header: 124 })],
    ['from top to bottom', bitmap({ height: -30 })],
    ['in black and white', bitmap({ bits: 1 })],
    ['whose size was never written', bitmap({ stated: 0 })],
    ['with more behind it', Buffer.concat([bitmap({}), Buffer.alloc(99)])],
  ])('a bitmap %s', async (_name, bytes) => {
    const facts = { width: 40, height: 30 };
    expect(await probe(bytes)).toEqual({ detectedType: 'image/bmp', facts });
    for (const percent of [30, 99]) {
      const cut = bitmap({}).subarray(0, (bitmap({}).length * percent) / 100);
      expect(await probe(cut)).toEqual({ detectedType: 'image/bmp', facts: { ...facts, damaged: true } });
    }
  });

  test.each([
    ['in the header of OS/2 2.0, by Huffman', { header: 64, bits: 1 }, 3],
    ['in runs', { bits: 8 }, 1],
  ])('a packed bitmap has as many bytes as it says: %s', async (_name, kind, packing) => {
    const bytes = bitmap(kind);
    const pixelsAt = bytes.readUInt32LE(10);
    bytes.writeUInt32LE(packing, 30);
    bytes.writeUInt32LE(50, 34);
    const facts = { width: 40, height: 30 };
    expect((await probe(bytes.subarray(0, pixelsAt + 50))).facts).toEqual(facts);
    expect((await probe(bytes.subarray(0, pixelsAt + 49))).facts).toEqual({ ...facts, damaged: true });
  });

  test.each([
    ['one picture', 1, [[64, 48]], [64, 48]],
    [
      'the largest last',
      1,
      [
        [16, 16],
        [0, 0],
      ],
      [256, 256],
    ],
    ['a cursor', 2, [[32, 32]], [32, 32]],
  ] as const)('an icon: %s', async (_name, kind, sides, [width, height]) => {
    const bytes = icon(kind, sides);
    expect(await probe(bytes)).toEqual({ detectedType: 'image/x-icon', facts: { width, height } });
    const cut = bytes.subarray(0, bytes.length - 20);
    expect((await probe(cut)).facts).toEqual({ width, height, damaged: true });
  });

  test.each([
    ['BM alone', Buffer.from('BM\0\x01\x02\x03')],
    ['BM and noise', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60, 0x91)])],
    ['an icon of nothing', Buffer.from('000001000000', 'hex')],
    ['zeros and ones', Buffer.concat([Buffer.from('00000100', 'hex'), Buffer.alloc(40, 1)])],
  ])('%s is none', async (_name, bytes) => {
    expect((await probe(bytes)).detectedType).toBe('application/octet-stream');
  });
});

describe('an SVG is one whatever stands before its tag', () => {
  const drawn =
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><rect width="9" height="9"/></svg>';
  const subset = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd" [\n';
  test.each([
    ['nothing', drawn],
    ['a declaration', `<?xml version="1.0"?>\n${drawn}`],
    ['a document type', `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">${drawn}`],
    [
      'a subset that the tag needs',
      `<?xml version="1.0"?>${subset}<!ENTITY ns "http://www.w3.org/2000/svg">]>${drawn.replace('http://www.w3.org/2000/svg', '&ns;')}`,
    ],
    [
      'a subset with brackets in its literals',
      `${subset}<!ENTITY a "]>"> <!-- ]> ' --> <?p ]> " ?>]>${drawn}`,
    ],
    ['other declarations', `${subset}<!ELEMENT svg ANY><!ATTLIST svg a CDATA #IMPLIED>]>${drawn}`],
    ['a long comment', `<?xml version="1.0"?><!--${' words'.repeat(20_000)}-->${drawn}`],
    ['a stylesheet', `<?xml version="1.0"?><?xml-stylesheet href="a.css"?>${drawn}`],
    ['a mark', `\uFEFF${drawn}`],
    [
      'a prefix',
      drawn
        .replace('<svg xmlns=', '<s:svg xmlns:s=')
        .replace('</svg>', '</s:svg>')
        .replace('<rect', '<s:rect'),
    ],
  ])('%s', async (_name, text) => {
    expect(await probe(Buffer.from(text))).toMatchObject({
      detectedType: 'image/svg+xml',
      facts: { width: 120, height: 80 },
    });
  });

  test.each([
    [
      'another file for an entity',
      '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      '<text>&x;</text></svg>',
    ],
    [
      'an address for an entity',
      '<!DOCTYPE svg [<!ENTITY x PUBLIC "-//x" "http://127.0.0.1:9/">]>',
      '<text>&x;</text></svg>',
    ],
    ['an entity for declarations', '<!DOCTYPE svg [<!ENTITY % x SYSTEM "x.dtd"> %x;]>', '</svg>'],
    ['an entity that nobody declares', '', '<text>&x;</text></svg>'],
    [
      'a billion laughs',
      `<!DOCTYPE svg [<!ENTITY a0 "ha">${[...'123456789'].map((n) => `<!ENTITY a${n} "${`&a${Number(n) - 1};`.repeat(10)}">`).join('')}]>`,
      '<text>&a9;</text></svg>',
    ],
    ['no end', '<?xml version="1.0"?>', '<g><rect wid'],
  ])('has its size with %s', async (name, prolog, body) => {
    const tag = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80">';
    const { detectedType, facts } = await probe(Buffer.from(prolog + tag + body));
    expect([detectedType, facts.width, facts.height]).toEqual(['image/svg+xml', 120, 80]);
    expect(facts.damaged).toBe(name === 'no end' ? true : undefined);
  });

  test.each([
    ['a document type in lower case', `<!doctype svg>${drawn}`],
    ['an attribute that is given twice', drawn.replace('width="120"', 'width="120" width="121"')],
    ['a width without quotes', drawn.replace('width="120"', 'width=120')],
  ])('that no reader takes is damaged: %s', async (_name, text) => {
    expect(await probe(Buffer.from(text))).toMatchObject({
      detectedType: 'image/svg+xml',
      facts: { damaged: true },
    });
  });

  test.each([
    [
      'symbols for others to use',
      '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="a" viewBox="0 0 9 9"/></svg>',
    ],
    ['nothing', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['no room', drawn.replace('width="120"', 'width="0"')],
    ['more room than any reader gives', drawn.replace('width="120"', 'width="9999999"')],
  ])('without a size to draw it in is not damaged: one of %s', async (_name, text) => {
    const { detectedType, facts } = await probe(Buffer.from(text));
    expect([detectedType, facts.damaged]).toEqual(['image/svg+xml', undefined]);
  });

  test.each(['ISO-8859-1', 'windows-1252', 'iso-8859-15'])('in %s, as it says itself', async (encoding) => {
    const bytes = Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><!-- Bär -->${drawn}`, 'latin1');
    expect(await probe(bytes)).toMatchObject({
      detectedType: 'image/svg+xml',
      facts: { width: 120, height: 80, charset: encoding.toLowerCase() },
    });
  });

  test('in UTF-16', async () => {
    expect(
      await probe(Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${drawn}`, 'utf16le')),
    ).toMatchObject({
      detectedType: 'image/svg+xml',
      facts: { width: 120, height: 80 },
    });
  });

  test.each([
    `<!-- ${'<!ENTITY % '.repeat(100_000)}" -->`,
    `${'<!ENTITY '.repeat(100_000)}<!-- " -->`,
    `${'<!ENTITY % a "'.repeat(100_000)}`,
    `${`<!ENTITY a "'" `.repeat(100_000)}`,
    `${'<!ENTITY a SYSTEM '.repeat(100_000)}`,
    `${'%a'.repeat(100_000)}`,
    `"${'<!--'.repeat(100_000)}"`,
    `<!-- ${'<?'.repeat(100_000)} -->`,
  ])('a prolog costs no more than its length', async (parts) => {
    const before = performance.now();
    // Minutes, were each part looked through to the end of all.
    const { detectedType } = await probe(Buffer.from(`<!DOCTYPE svg [${parts}]>${drawn}`));
    expect(detectedType).toBe('image/svg+xml');
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  test.each([`${subset}<!ENTITY a "never closed`, '<!--'.repeat(50_000), '<!doctype svg "'.repeat(20_000)])(
    'an endless prolog is text, soon',
    async (text) => {
      const before = performance.now();
      expect((await probe(Buffer.from(text))).detectedType).toMatch(/^text\/plain|^application\/xml/);
      expect(performance.now() - before).toBeLessThan(1000);
    },
  );
});

describe('two names of one format are one format', () => {
  test.each([
    ['video/mpeg', 'video/x-mpeg', 'video/mp2p', 'video/MP1S'],
    ['audio/x-ms-wma', 'audio/wma', 'video/x-ms-asf', 'application/vnd.ms-asf'],
    ['video/x-ms-wmv', 'video/x-ms-asf', 'application/vnd.ms-asf', 'video/wmv'],
    ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'],
    ['image/avif', 'image/avif-sequence', 'image/x-avif', 'image/heif'],
    ['audio/midi', 'audio/mid', 'audio/x-midi', 'audio/sp-midi'],
    ['video/mp4', 'video/iso.segment', 'application/mp4', 'video/x-m4v', 'video/x-f4v'],
    ['audio/eac3', 'audio/vnd.dolby.dd-raw', 'audio/ac3', 'audio/vnd.dolby.dd-plus'],
    ['audio/aac', 'audio/x-hx-aac-adts', 'audio/aacp', 'audio/x-aac'],
    ['image/bmp', 'image/x-ms-bmp', 'image/x-bmp', 'image/x-windows-bmp'],
    ['image/x-icon', 'image/vnd.microsoft.icon', 'image/ico', 'image/x-ico'],
    ['audio/wav', 'audio/x-wav', 'audio/vnd.wave', 'audio/wave'],
    ['audio/basic', 'audio/au', 'audio/x-au', 'audio/snd'],
    ['video/matroska', 'video/x-matroska', 'video/mkv', 'video/webm'],
    ['audio/amr', 'audio/amr-wb', 'audio/x-amr', 'audio/3gpp-amr'],
    ['image/jp2', 'image/jpx', 'image/j2c', 'image/x-jp2-codestream'],
  ])('%s', (detected, ...others) => {
    for (const declared of others) expect(decideType(declared, detected).difference).toBeNull();
  });

  test.each([
    [
      'video/mpeg',
      Buffer.from('000001ba4400040004010000 03f8000001bb000680000104e17f000001b9'.replaceAll(' ', ''), 'hex'),
    ],
    ['audio/midi', Buffer.from('MThd\0\0\0\x06\0\0\0\x01\0\x60MTrk\0\0\0\x04\0\xff\x2f\0', 'latin1')],
    ['image/heic', Buffer.concat([box('ftyp', 'hevc', '\0\0\0\0', 'msf1hevcheicmif1'), box('mdat')])],
    ['image/avif', Buffer.concat([box('ftyp', 'miaf', '\0\0\0\0', 'avifmif1miafMA1B'), box('mdat')])],
    ['image/avif', Buffer.concat([box('ftyp', 'mif1', '\0\0\0\0', 'mif1avif'), box('mdat')])],
    ['image/heic', Buffer.concat([box('ftyp', 'mif1', '\0\0\0\0', 'mif1heicmiaf'), box('mdat')])],
    [
      'video/iso.segment',
      Buffer.concat([box('styp', 'msdh', '\0\0\0\0', 'msdhmsix'), box('moof'), box('mdat')]),
    ],
    ['audio/mp4', Buffer.concat([box('styp', 'msdh', '\0\0\0\0', 'msdhmsix'), box('moof'), box('mdat')])],
  ])('bytes called %s', async (declared, bytes) => {
    const { detectedType } = await probe(bytes);
    const settled = decideType(declared, detectedType);
    const [family] = declared.split('/');
    if (family !== 'image' && family !== 'audio' && family !== 'video') throw new Error(declared);
    expect(() => checkKind(family, settled, detectedType)).not.toThrow();
    expect(settled.mimeType.split('/')[0]).toBe(family);
  });
});

test.each([
  ['avif', 'miaf', 'avifmif1miafMA1B'],
  ['avif', 'msf1', 'mif1avis'],
  ['heic', 'mif1', 'mif1miafheic'],
  ['heic', 'msf1', 'msf1hevcmif1'],
  ['heif', 'mif1', 'mif1miaf'],
])('a picture in boxes is %s by all of its brands: %s, %s', async (kind, major, others) => {
  const bytes = Buffer.concat([box('ftyp', major, '\0\0\0\0', others), box('mdat')]);
  expect((await probe(bytes)).detectedType).toBe(`image/${kind}`);
});

test.each([
  ['audio/x-ms-wma', 'application/vnd.ms-asf'],
  ['video/x-ms-wmv', 'application/x-ms-asf'],
  ['audio/ogg', 'application/ogg'],
  ['video/ogg', 'application/ogg'],
  ['audio/mp4', 'application/mp4'],
  ['video/mp4', 'application/mp4'],
])('what is inside (%s) tells more than the container’s name %s', (detected, declared) => {
  const settled = decideType(declared, detected);
  expect(settled).toEqual({ mimeType: detected, difference: null });
});

test.each([
  ['audio/x-smf', 'audio/midi'],
  ['audio/asf', 'audio/x-ms-wma'],
  ['image/hevc', 'image/heic'],
  ['video/x-m4s', 'application/mp4'],
  ['video/vnd.mpeg', 'video/mpeg'],
  ['image/x-win-bitmap', 'image/x-icon'],
])('a name that nobody knows (%s) is no contradiction to %s', (declared, detected) => {
  expect(decideType(declared, detected)).toEqual({
    mimeType: detected,
    difference: { declared_mime_type: declared, detected_mime_type: detected },
  });
  for (const other of [
    'text/plain',
    'application/zip',
    declared.startsWith('image') ? 'audio/midi' : 'image/png',
  ])
    expect(() => decideType(declared, other)).toThrow(/declared/);
});

describe('bytes that nobody knows contradict nobody', () => {
  const unknown = Buffer.from([1, 2, 3, 0xff, 0xfe, 0, 9, 200]);
  test.each(['image/x-raw', 'audio/mpeg', 'video/mp4', 'text/plain', 'application/x-thing'])(
    '%s',
    async (declared) => {
      const { detectedType } = await probe(unknown);
      const settled = decideType(declared, detectedType);
      expect(settled).toEqual({
        mimeType: declared,
        difference: { declared_mime_type: declared, detected_mime_type: 'application/octet-stream' },
      });
      expect(() => checkKind('json', settled, detectedType)).not.toThrow();
    },
  );

  test('an ID3 tag without a sound is no more than what it is called', async () => {
    const tag = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\x01\x00', 'latin1'), Buffer.alloc(128)]);
    expect(decideType('audio/mpeg', (await probe(tag)).detectedType).mimeType).toBe('audio/mpeg');
  });
});

describe('MP3 with rubbish before its first frame is MP3', () => {
  const sound = mp3({ frames: 40 });
  const tag = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\x14', 'latin1'), Buffer.alloc(20)]);
  test.each([
    ['a tag and padding that it does not count', [tag, Buffer.alloc(2048)]],
    ['ten bytes behind a tag', [tag, Buffer.alloc(10)]],
    ['two tags', [tag, tag]],
    ['zeros alone', [Buffer.alloc(300)]],
  ])('%s', async (_name, before) => {
    const { detectedType, facts } = await probe(Buffer.concat([...before, sound]));
    expect([detectedType, facts.channels, facts.sample_rate]).toEqual(['audio/mpeg', 2, 44_100]);
    expect(facts.duration).toBeCloseTo((40 * 1152) / 44_100, 1);
  });
});

describe('a picture has the dimensions that people see', () => {
  const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } });
  test.each([
    ...[1, 2, 3, 4].map((orientation) => [orientation, 64, 48] as const),
    ...[5, 6, 7, 8].map((orientation) => [orientation, 48, 64] as const),
  ])('JPEG, PNG and WebP of orientation %d', async (orientation, width, height) => {
    const turned = picture.clone().withMetadata({ orientation });
    for (const bytes of [
      await turned.clone().jpeg().toBuffer(),
      await turned.clone().png().toBuffer(),
      await turned.clone().webp().toBuffer(),
    ]) {
      expect((await probe(bytes)).facts).toEqual({ width, height });
    }
  });
});

test.each(['IHDR', 'IDAT'])(
  'a PNG with a wrong checksum of its %s is damaged, wherever it lies',
  async (chunk) => {
    const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    expect((await probe(bytes)).facts).toEqual({ width: 64, height: 48 });
    const at = bytes.indexOf(chunk) - 4;
    const sumAt = at + 8 + bytes.readUInt32BE(at);
    bytes.writeUInt8(255 - bytes.readUInt8(sumAt), sumAt);
    const file = join(folder, `${chunk}.png`);
    writeFileSync(file, bytes);
    const [inMemory, onDisk] = await Promise.all([probe(bytes), probeContent({ file })]);
    expect(inMemory).toMatchObject({ detectedType: 'image/png', facts: { damaged: true } });
    expect(onDisk).toEqual(inMemory);
  },
);

describe('a JPEG is as whole as decoders take it for', () => {
  let whole: Buffer;
  beforeAll(async () => {
    whole = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
  });
  /** Before the tables, with more behind the end, so that it is not one of the plainest. */
  const withInside = (inside: Buffer) => {
    const at = whole.indexOf(Buffer.from([0xff, 0xdb]));
    return Buffer.concat([whole.subarray(0, at), inside, whole.subarray(at), Buffer.from('behind')]);
  };
  test.each([
    ['bits between segments', Buffer.alloc(4000, 0xff)],
    ['a comment', Buffer.from('fffe0004ffd9', 'hex')],
  ])('with %s', async (_name, inside) => {
    const bytes = withInside(inside);
    const size = { width: 64, height: 48 };
    expect(await probe(bytes)).toEqual({ detectedType: 'image/jpeg', facts: size });
    const cut = bytes.subarray(0, bytes.length - 9);
    expect((await probe(cut)).facts).toEqual({ ...size, damaged: true });
  });

  test.each([
    ['bits between segments', Buffer.alloc(1 << 22, 0xff)],
    ['empty comments', Buffer.alloc(1 << 22, Buffer.from('fffe0002', 'hex'))],
  ])('and millions of %s are not followed one by one', async (_name, inside) => {
    const file = join(folder, 'picture.jpg');
    writeFileSync(file, withInside(inside));
    expect(await isCutShort({ file })).toBe(false);
  });
});

describe('a WAV is read by what it says and what is there', () => {
  const second = wav({ seconds: 1, sampleRate: 8000, channels: 1 });
  const sized = (riff: number, data: number) => {
    const bytes = Buffer.from(second);
    bytes.writeUInt32LE(riff >>> 0, 4);
    bytes.writeUInt32LE(data >>> 0, 40);
    return bytes;
  };
  test.each([
    ['with chunks behind the sound', Buffer.concat([second, Buffer.from('LIST\x04\0\0\0INFO', 'latin1')])],
    ['with zeros for sizes', sized(0, 0)],
    ['with all bits set for sizes', sized(0xffffffff, 0xffffffff)],
    ['with the sizes of a stream', sized(0x7fffffff, 0x7fffffdb)],
    ['with a size that was never written', sized(second.length - 8, 0)],
    [
      'with that, behind a chunk',
      Buffer.concat([
        second.subarray(0, 36),
        Buffer.from('LIST\x04\0\0\0INFOdata\0\0\0\0', 'latin1'),
        second.subarray(44),
      ]),
    ],
  ])('%s', async (_name, bytes) => {
    const facts = { duration: 1, codec: 'PCM', audio_codec: 'PCM', channels: 1, sample_rate: 8000 };
    expect(await probe(bytes)).toEqual({ detectedType: 'audio/wav', facts });
  });

  test.each(['', 'LIST\x04\0\0\0INFO', 'cue \x04\0\0\0\0\0\0\0'])(
    'an empty one is empty, with %j behind it',
    async (behind) => {
      const empty = wav({ seconds: 0, sampleRate: 8000, channels: 1 });
      const bytes = Buffer.concat([empty, Buffer.from(behind, 'latin1')]);
      bytes.writeUInt32LE(bytes.length - 8, 4);
      expect((await probe(bytes)).facts.duration).toBe(0);
    },
  );

  const extensible = (guid: string, width: number) => {
    const head = Buffer.alloc(68);
    head.write('RIFF\0\0\0\0WAVEfmt \x28\0\0\0\xfe\xff\x01\0', 'latin1');
    head.writeUInt32LE(8000, 24);
    head.writeUInt32LE(8000 * width, 28);
    head.writeUInt16LE(width, 32);
    head.writeUInt16LE(8 * width, 34);
    head.writeUInt16LE(22, 36);
    head.write(guid, 44, 'hex');
    head.write('data', 60, 'latin1');
    head.writeUInt32LE(8000 * width, 64);
    head.writeUInt32LE(60 + 8000 * width, 4);
    return Buffer.concat([head, Buffer.alloc(8000 * width)]);
  };
  test.each([
    ['PCM', '0100000000001000800000aa00389b71', 2],
    ['float of 32 bits', '0300000000001000800000aa00389b71', 4],
    ['float of 64 bits', '0300000000001000800000aa00389b71', 8],
    ['PCM of Ambisonics', '010000002107d3118644c8c1ca000000', 3],
    ['float of Ambisonics', '030000002107d3118644c8c1ca000000', 4],
  ])('an extensible one by its sub-format: %s', async (_name, guid, width) => {
    expect((await probe(extensible(guid, width))).facts).toMatchObject({ duration: 1, codec: 'PCM' });
  });

  test.each([
    ['U-Law', 7],
    ['A-Law', 6],
  ])('%s is called that', async (codec, format) => {
    const bytes = Buffer.from(second);
    bytes.writeUInt16LE(format, 20);
    bytes.writeUInt32LE(8000, 28);
    bytes.writeUInt16LE(1, 32);
    bytes.writeUInt16LE(8, 34);
    expect((await probe(bytes)).facts).toMatchObject({ audio_codec: codec });
  });

  const format = second.subarray(12, 36);
  const sound = second.subarray(36);
  const chunk = (name: string, size: number) => {
    const bytes = Buffer.alloc(8 + size);
    bytes.write(name, 'latin1');
    bytes.writeUInt32LE(size, 4);
    return bytes;
  };
  const inOrder = (...chunks: Buffer[]) => {
    const head = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1');
    head.writeUInt32LE(4 + Buffer.concat(chunks).length, 4);
    return Buffer.concat([head, ...chunks]);
  };
  test.each([
    ['behind the sound', inOrder(sound, format)],
    ['behind the sound and what follows it', inOrder(sound, chunk('LIST', 4), format)],
    [
      'behind a chunk of odd length',
      inOrder(chunk('junk', 4), sound, chunk('note', 6), format, chunk('id3 ', 2)),
    ],
    ['behind two megabytes of other things', inOrder(chunk('bext', 2 << 20), format, sound)],
    ['before the sound, with two megabytes between', inOrder(format, chunk('JUNK', 2 << 20), sound)],
  ])('wherever its format stands: %s', async (_name, bytes) => {
    const facts = { duration: 1, codec: 'PCM', audio_codec: 'PCM', channels: 1, sample_rate: 8000 };
    expect(await probe(bytes)).toEqual({ detectedType: 'audio/wav', facts });
    const file = join(folder, 'sound.wav');
    writeFileSync(file, bytes);
    expect(await probeContent({ file })).toEqual({ detectedType: 'audio/wav', facts });
  });

  test('one without any format is no more than its name', async () => {
    expect(await probe(inOrder(sound))).toMatchObject({ detectedType: 'audio/wav', facts: {} });
  });

  test.each([
    ['16 bits', 1, 16, 2],
    ['24 bits', 1, 24, 3],
    ['32 bits', 1, 32, 4],
    ['8 bits', 1, 8, 1],
    ['float of 32 bits', 3, 32, 4],
    ['float of 64 bits', 3, 64, 8],
  ])('one whose numbers are the other way round (RIFX): %s', async (_name, tag, bits, width) => {
    const bytes = rifx({ tag, bits, width });
    const facts = { duration: 1, codec: 'PCM', audio_codec: 'PCM', channels: 1, sample_rate: 8000 };
    expect(await probe(bytes)).toEqual({ detectedType: 'audio/wav', facts });
    expect((await probe(bytes.subarray(0, bytes.length / 2))).facts.damaged).toBe(true);
  });

  test('one that is RIFX and packed is a WAV, and no more is known', async () => {
    const bytes = rifx({ tag: 6, bits: 8, width: 1 });
    expect((await probe(bytes)).detectedType).toBe('audio/wav');
    expect(decideType('audio/x-wav', 'audio/wav').difference).toBeNull();
  });

  test.each([
    ['12 bits in 2 bytes', 12, 2],
    ['20 bits in 3 bytes', 20, 3],
    ['20 bits in 4 bytes', 20, 4],
    ['24 bits in 4 bytes', 24, 4],
  ])('by the bytes that a sample lies in: %s', async (_name, bits, width) => {
    const bytes = inOrder(Buffer.from(format), chunk('data', 8000 * width));
    bytes.writeUInt32LE(8000 * width, 28);
    bytes.writeUInt16LE(width, 32);
    bytes.writeUInt16LE(bits, 34);
    expect((await probe(bytes)).facts).toMatchObject({ duration: 1, codec: 'PCM' });
  });

  test.each([
    ['none', 0],
    ['all bits', 0xffffffff],
    ['those of a stream', 0x7fffffff],
  ])('a packed one whose sizes were never written is not damaged: %s', async (_name, size) => {
    const bytes = Buffer.from(second);
    bytes.writeUInt32LE(size, 4);
    bytes.writeUInt16LE(6, 20);
    bytes.writeUInt32LE(8000, 28);
    bytes.writeUInt16LE(1, 32);
    bytes.writeUInt16LE(8, 34);
    bytes.writeUInt32LE(size, 40);
    const { detectedType, facts } = await probe(bytes);
    expect([detectedType, facts.damaged]).toEqual(['audio/wav', undefined]);
  });

  test('one cut short is damaged', async () => {
    expect((await probe(second.subarray(0, 8044))).facts).toMatchObject({ duration: 0.5, damaged: true });
  });
});

describe('tracks count, not the container’s usual name', () => {
  const kept = (name: string) => readFileSync(join(import.meta.dirname, 'media', name));
  test.each([
    ['a.webm', 'audio', 'video'],
    ['v.webm', 'video', 'audio'],
    ['a.m4a', 'audio', 'video'],
    ['silent.mp4', 'video', 'audio'],
    ['a.ogg', 'audio', 'video'],
    ['v.ogv', 'video', 'audio'],
    ['a.mka', 'audio', 'video'],
    ['v.mkv', 'video', 'audio'],
  ] as const)('%s is %s, whatever it is called', async (name, kind, other) => {
    const { detectedType } = await probe(kept(name));
    for (const declared of [null, detectedType, detectedType.replace(kind, other)]) {
      const settled = decideType(declared, detectedType);
      expect(() => checkKind(kind, settled, detectedType)).not.toThrow();
      expect(() => checkKind(other, settled, detectedType)).toThrow(/which is no/);
    }
  });
});
