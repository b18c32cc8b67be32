import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findMedia } from '../../src/legacy/media/find-media.js';
import { png, Workshop } from './workshop.js';

const workshop = new Workshop();
afterAll(() => workshop.close());
const picture = png('picture');
const path = workshop.put('uploads/my picture.png', picture);
workshop.put('uploads/a%20b.png', png('literal'));

const limit = 1 << 20;
const pathMaps = [
  { from: 'C:\\old\\data', to: workshop.media },
  { from: '/srv/app/data', to: workshop.media },
];
const find = (reference: string) => findMedia(reference, { root: workshop.media, pathMaps }, limit);

test.each([
  path,
  'data/uploads/my picture.png',
  './data/uploads/my picture.png',
  'uploads/my picture.png',
  '/data/uploads/my%20picture.png',
  '/data/uploads/my%20picture.png?v=3#top',
  'data\\uploads\\my picture.png',
  'C:\\old\\data\\uploads\\my picture.png',
  '/srv/app/data/uploads/my picture.png',
  '/srv/app/data/../data/uploads/my picture.png',
  'uploads/../uploads/my picture.png',
  `file://${encodeURI(path)}`,
])('finds %s', (reference) => {
  expect(find(reference)).toMatchObject({ outcome: 'read', bytes: picture });
});

test('takes a path as it stands before it takes it for an address', () => {
  expect(find('uploads/a%20b.png')).toMatchObject({ outcome: 'read', bytes: png('literal') });
});

test.each([
  '../secret.txt',
  '../../../../../../../../etc/passwd',
  '/etc/passwd',
  '/data/../secret.txt',
  '/data/%2e%2e/secret.txt',
  '/data/uploads/%2e%2e%2f%2e%2e%2fsecret.txt',
  '..\\secret.txt',
  'C:\\old\\data\\..\\..\\secret.txt',
  'D:\\elsewhere\\picture.png',
  '/srv/app/data/../secret.txt',
  'file:///etc/passwd',
])('does not follow %s out of the media root', (reference) => {
  expect(find(reference).outcome).toBe('escapes');
});

test('does not follow a link out of the media root, neither of a file nor of a folder', () => {
  workshop.link('uploads/out.png', join(workshop.folder, 'secret.txt'));
  workshop.link('uploads/folder-out', workshop.folder);
  expect(find('uploads/out.png').outcome).toBe('escapes');
  expect(find('uploads/folder-out/secret.txt').outcome).toBe('escapes');
});

test('follows a link that stays inside, and takes a hard link for the file that it is', () => {
  workshop.link('uploads/in.png', path);
  linkSync(path, join(workshop.media, 'uploads/hard.png'));
  expect(find('uploads/in.png')).toMatchObject({ outcome: 'read', path });
  expect(find('uploads/hard.png').outcome).toBe('read');
});

test('opens no folder, pipe or device', () => {
  execFileSync('sh', ['-c', `mkfifo '${join(workshop.media, 'uploads/pipe.png')}'`]);
  expect(find('uploads')).toEqual({ outcome: 'not_a_file', reason: 'it is a folder' });
  expect(find('uploads/pipe.png')).toEqual({ outcome: 'not_a_file', reason: 'it is a named pipe' });
  workshop.link('uploads/zero.png', '/dev/zero');
  expect(find('uploads/zero.png').outcome).toBe('escapes');
});

test('tells what is missing, empty, too large or cannot be read', () => {
  workshop.put('uploads/empty.png', Buffer.alloc(0));
  truncateSync(workshop.put('uploads/huge.png', picture), 100 * limit);
  workshop.link('uploads/loop.png', join(workshop.media, 'uploads/loop.png'));
  expect(find('uploads/none.png').outcome).toBe('missing');
  expect(find('uploads/empty.png').outcome).toBe('empty');
  expect(find('uploads/huge.png').outcome).toBe('too_large');
  expect(find('uploads/loop.png').outcome).toBe('unreadable');
  expect(find('uploads/nul\0.png').outcome).toBe('unreadable');
  expect(find(`uploads/${'x'.repeat(5000)}.png`).outcome).toBe('unreadable');
  expect(findMedia('uploads/x.png', { root: null, pathMaps: [] }, limit).outcome).toBe('unreadable');
});

test('keeps addresses elsewhere as addresses and reads inline images', () => {
  expect(find('https://cdn.example.invalid/c.png?x=1')).toEqual({
    outcome: 'remote',
    url: 'https://cdn.example.invalid/c.png?x=1',
  });
  expect(find(`data:image/png;base64,${picture.toString('base64')}`)).toMatchObject({
    outcome: 'inline',
    bytes: picture,
  });
});

test('streams a file that is too large to be read at once', async () => {
  const large = Buffer.alloc(limit + 1, 7);
  writeFileSync(join(workshop.media, 'large.bin'), large);
  const found = findMedia('large.bin', { root: workshop.media, pathMaps: [] }, 10 * limit);
  if (found.outcome !== 'large') throw new Error(found.outcome);
  expect(Buffer.concat(await found.stream.toArray())).toEqual(large);
  chmodSync(join(workshop.media, 'large.bin'), 0o600);
});
