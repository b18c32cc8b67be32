import fc from 'fast-check';
import {
  parseRange,
  planDelivery,
  safeHeaders,
  type Conditions,
} from '../../src/content/delivery-headers.js';
import { sha256 } from '../../src/model/digest.js';

const content = {
  sha256: sha256.parse('ab'.repeat(32)),
  sizeBytes: 1000,
  mimeType: 'audio/mpeg',
};
const plan = (conditions: Conditions) => planDelivery(content, conditions);

describe('headers', () => {
  test.each(['image/png', 'audio/mpeg', 'video/mp4', 'text/plain', 'application/json'])(
    'show %s',
    (mimeType) => {
      expect(safeHeaders({ ...content, mimeType })['content-disposition']).toMatch(/^inline;/);
    },
  );

  test.each([
    'image/svg+xml',
    'text/html',
    'application/xml',
    'application/xhtml+xml',
    'application/pdf',
    'text/javascript',
    'application/octet-stream',
    'TEXT/HTML; charset=utf-8',
  ])('have %s saved, never opened', (mimeType) => {
    expect(safeHeaders({ ...content, mimeType })).toMatchObject({
      'content-disposition': expect.stringMatching(/^attachment;/) as string,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/) as string,
    });
  });

  test.each(['.', '..', 'a/..', 'a\\..', '.\u0001.', 'a/', ''])(
    'carry a name of their own for %j',
    (fileName) => {
      const told = safeHeaders({ ...content, fileName })['content-disposition'];
      expect(told).toBe('inline; filename="abababababab.mp3"');
    },
  );

  test('carry any file name without letting it break out', () => {
    const named = (fileName: string) => safeHeaders({ ...content, fileName })['content-disposition'];
    expect(named('bear.mp3')).toBe('inline; filename="bear.mp3"');
    expect(named('../../etc/passwd')).toBe('inline; filename="passwd"');
    expect(named('a"\r\nset-cookie: x=1;.mp3')).toBe(
      `inline; filename="a_set-cookie: x=1;.mp3"; filename*=UTF-8''a%22set-cookie%3A%20x%3D1%3B.mp3`,
    );
    expect(named('熊.mp3')).toBe(`inline; filename="_.mp3"; filename*=UTF-8''%E7%86%8A.mp3`);
    expect(safeHeaders(content)['content-disposition']).toBe('inline; filename="abababababab.mp3"');
  });
});

describe('ranges', () => {
  test.each([
    ['bytes=0-99', 0, 99],
    ['bytes=990-', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=500-5000', 500, 999],
    ['bytes=999-999', 999, 999],
    ['Bytes = 1-2', 1, 2],
  ])('%s', (range, start, end) => {
    const planned = plan({ range });
    expect(planned).toMatchObject({ status: 206, range: { start, end } });
    expect(planned.headers).toMatchObject({
      'content-range': `bytes ${start}-${end}/1000`,
      'content-length': String(end - start + 1),
    });
  });

  test.each(['bytes=1000-', 'bytes=-0', 'bytes=5000-6000'])('%s cannot be satisfied', (range) => {
    expect(plan({ range })).toMatchObject({
      status: 416,
      range: null,
      headers: { 'content-range': 'bytes */1000' },
    });
  });

  test.each(['bytes=5-2', 'lines=1-2', 'bytes=', 'bytes=-', 'bytes=a-b', 'bytes=0-1,5-9', ''])(
    '%j is ignored',
    (range) => {
      expect(plan({ range })).toMatchObject({
        status: 200,
        range: null,
        headers: { 'content-length': '1000' },
      });
    },
  );

  test('none of empty content can be satisfied', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=-1', 0)).toBe('unsatisfiable');
  });

  test('always lie within the content', () => {
    const part = fc.oneof(fc.constant(''), fc.nat({ max: 3000 }).map(String));
    fc.assert(
      fc.property(part, part, fc.nat({ max: 2000 }), (first, last, size) => {
        const range = parseRange(`bytes=${first}-${last}`, size);
        if (range === null || range === 'unsatisfiable') return true;
        return range.start >= 0 && range.start <= range.end && range.end < size;
      }),
    );
  });
});

describe('conditions', () => {
  const etag = `"${content.sha256}"`;
  test.each([etag, `W/${etag}`, `"other", ${etag}`, '*'])('who has %s needs nothing', (ifNoneMatch) => {
    expect(plan({ ifNoneMatch })).toMatchObject({ status: 304, headers: { etag } });
  });

  test('who has something else gets it', () => {
    expect(plan({ ifNoneMatch: '"other"' }).status).toBe(200);
  });

  test('a range holds only for the bytes that its sender has begun with', () => {
    expect(plan({ range: 'bytes=1-2', ifRange: etag }).status).toBe(206);
    expect(plan({ range: 'bytes=1-2', ifRange: '"other"' }).status).toBe(200);
    expect(plan({ range: 'bytes=1-2', ifRange: 'Fri, 02 Jan 2026 03:04:05 GMT' }).status).toBe(200);
  });
});
