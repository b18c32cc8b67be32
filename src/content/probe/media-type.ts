/** Names that mean the same as the one that is used here. Lower case, without parameters. */
const aliases: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/vnd.mozilla.apng': 'image/apng',
  'image/vnd.microsoft.icon': 'image/x-icon',
  'image/x-ms-bmp': 'image/bmp',
  'audio/mp3': 'audio/mpeg',
  'audio/mpeg3': 'audio/mpeg',
  'audio/x-mpeg': 'audio/mpeg',
  'audio/x-mp3': 'audio/mpeg',
  'audio/wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-pn-wav': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/aacp': 'audio/aac',
  'audio/x-aac': 'audio/aac',
  'audio/x-aiff': 'audio/aiff',
  'audio/opus': 'audio/ogg',
  'audio/vorbis': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'video/x-m4v': 'video/mp4',
  'video/x-matroska': 'video/matroska',
  'video/x-msvideo': 'video/vnd.avi',
  'video/avi': 'video/vnd.avi',
  'application/x-javascript': 'text/javascript',
  'application/javascript': 'text/javascript',
  'text/xml': 'application/xml',
  'text/json': 'application/json',
  'text/x-markdown': 'text/markdown',
};

/** A media type in the one form used for comparing and storing: lower case, no parameters, no alias. */
export function canonicalType(mediaType: string): string {
  const bare = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  return aliases[bare] ?? bare;
}

export type MediaFamily = 'image' | 'audio' | 'video' | 'text' | 'other';

const textual = /^text\/|^application\/(json|xml|x-ndjson|yaml|x-yaml|toml|x-subrip)$|\+(json|xml|yaml)$/;

/** SVG is an image here, however much it is text. */
export function familyOf(mediaType: string): MediaFamily {
  const [family] = mediaType.split('/', 1);
  if (family === 'image' || family === 'audio' || family === 'video') return family;
  return textual.test(mediaType) ? 'text' : 'other';
}

/** Containers that hold sound alone as well as pictures: the first bytes do not tell which. */
const containers = [
  ['audio/mp4', 'video/mp4', 'video/quicktime', 'audio/aac', 'video/3gpp', 'audio/3gpp', 'video/3gpp2'],
  ['audio/ogg', 'video/ogg'],
  ['audio/webm', 'video/webm', 'video/matroska', 'audio/matroska'],
  ['image/png', 'image/apng'],
  ['image/heic', 'image/heif', 'image/avif'],
  ['image/tiff', 'image/x-adobe-dng', 'image/x-nikon-nef', 'image/x-canon-cr2', 'image/x-sony-arw'],
  ['audio/mpeg', 'video/mpeg'],
];

/** Whether bytes recognized as `detected` may rightly be called `declared` (both canonical). */
export function agree(declared: string, detected: string): boolean {
  if (declared === detected || declared === '' || declared === 'application/octet-stream') return true;
  if (declared.endsWith('/*')) return familyOf(declared) === familyOf(detected);
  if (containers.some((names) => names.includes(declared) && names.includes(detected))) return true;
  if (detected === 'inode/x-empty') return !isMedia(declared);
  if (declared === 'image/svg+xml') return false;
  return familyOf(declared) === 'text' && detected === 'text/plain' && declared !== 'application/json';
}

/** True for a name that says image, audio or video. */
export function isMedia(mediaType: string): boolean {
  return ['image', 'audio', 'video'].includes(familyOf(mediaType));
}

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'video/quicktime': 'mov',
  'video/matroska': 'mkv',
  'video/vnd.avi': 'avi',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/javascript': 'js',
  'text/calendar': 'ics',
};

/** A file name's usual ending, without the dot; `bin` where the type says nothing. */
export function extensionOf(mediaType: string): string {
  const subtype = mediaType.split('/')[1] ?? '';
  return extensions[mediaType] ?? (/^[a-z0-9]{1,8}$/.test(subtype) ? subtype : 'bin');
}
