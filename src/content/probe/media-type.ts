import { supportedMimeTypes } from 'file-type';

/** Each format's one name here, and the others by which browsers, file(1) and older lists call it. */
const otherNames: Readonly<Record<string, string>> = {
  'image/jpeg': 'image/jpg image/pjpeg image/jfif',
  'image/png': 'image/x-png',
  'image/apng': 'image/vnd.mozilla.apng',
  'image/x-icon': 'image/vnd.microsoft.icon image/ico image/icon image/x-ico application/ico',
  'image/bmp': 'image/x-ms-bmp image/x-bmp image/x-windows-bmp image/ms-bmp',
  'image/tiff': 'image/x-tiff image/tif image/x-tif application/tiff',
  'image/heic': 'image/heic-sequence image/x-heic',
  'image/heif': 'image/heif-sequence image/x-heif',
  'image/avif': 'image/avif-sequence image/x-avif',
  'image/jxl': 'image/x-jxl image/jpegxl',
  'image/jp2':
    'image/jpx image/jpm image/jpeg2000 image/jpeg2000-image image/x-jpeg2000-image image/x-jp2 image/j2c image/j2k image/x-j2k image/x-jp2-codestream',
  'image/vnd.adobe.photoshop':
    'image/psd image/x-psd image/x-photoshop application/photoshop application/x-photoshop',
  'image/x-tga': 'image/tga image/targa image/x-targa',
  'image/x-exr': 'image/aces image/exr image/x-ilm-openexr',
  'image/x-dpx': 'image/dpx',
  'image/svg+xml': 'image/svg image/svg-xml',
  'image/gif': 'image/x-gif',
  'image/webp': 'image/x-webp',
  'audio/mpeg':
    'audio/mp3 audio/mpeg3 audio/x-mpeg audio/x-mpeg-3 audio/x-mp3 audio/mpg audio/x-mpg audio/mp2 audio/x-mp2 audio/mp1 audio/mpa',
  'audio/wav':
    'audio/wave audio/x-wav audio/x-wave audio/vnd.wave audio/x-pn-wav audio/rf64 audio/x-rf64 audio/bw64',
  'audio/x-w64': 'audio/w64 audio/wave64',
  'audio/flac': 'audio/x-flac',
  'audio/mp4':
    'audio/x-m4a audio/m4a audio/mp4a-latm audio/x-mp4 audio/x-m4b audio/m4b audio/x-m4r audio/x-f4a',
  'audio/aac': 'audio/aacp audio/x-aac audio/x-hx-aac-adts audio/x-hx-aac-adif audio/vnd.dlna.adts',
  'audio/aiff': 'audio/x-aiff audio/aif audio/x-aif audio/x-aifc',
  'audio/basic': 'audio/au audio/x-au audio/x-basic audio/snd',
  'audio/x-caf': 'audio/caf',
  'audio/ogg':
    'audio/opus audio/vorbis audio/x-ogg audio/x-vorbis audio/x-vorbis+ogg audio/x-opus+ogg audio/x-flac+ogg audio/x-speex audio/speex',
  'video/ogg': 'video/x-ogg video/theora video/x-theora',
  'audio/midi':
    'audio/mid audio/x-midi audio/x-mid audio/sp-midi application/x-midi application/midi music/crescendo',
  'audio/ac3': 'audio/vnd.dolby.dd-raw audio/x-ac3 audio/a52',
  'audio/eac3': 'audio/vnd.dolby.dd-plus',
  'audio/amr': 'audio/x-amr audio/3gpp-amr',
  'audio/amr-wb': 'audio/x-amr-wb',
  'audio/ape': 'audio/x-ape audio/x-monkeys-audio',
  'audio/wavpack': 'audio/x-wavpack',
  'audio/x-tta': 'audio/tta',
  'audio/x-ms-wma': 'audio/wma audio/x-wma audio/x-ms-asf audio/vnd.ms-asf',
  'video/x-ms-wmv':
    'video/wmv video/x-wmv video/x-ms-asf video/x-ms-asf-plugin video/x-ms-wm video/vnd.ms-asf video/asf',
  'application/vnd.ms-asf': 'application/x-ms-asf',
  'audio/matroska': 'audio/x-matroska audio/mka',
  'video/matroska':
    'video/x-matroska video/mkv video/x-mkv video/matroska-3d application/x-matroska application/matroska',
  'video/mp4': 'video/x-m4v video/m4v video/x-mp4 video/iso.segment video/mp4v-es video/x-f4v video/f4v',
  'video/quicktime': 'video/mov video/x-quicktime image/mov',
  'video/vnd.avi': 'video/x-msvideo video/avi video/msvideo application/x-troff-msvideo video/x-avi',
  'video/mpeg':
    'video/x-mpeg video/mpg video/x-mpg video/mpeg2 video/x-mpeg2 video/mp1s video/mp2p video/x-mpeg-system video/x-ms-vob video/dvd',
  'video/mp2t': 'video/vnd.dlna.mpeg-tts video/m2ts video/x-mpegts video/mpegts video/vnd.mpeg.transport',
  'video/x-flv': 'video/flv',
  'application/mxf': 'video/mxf video/x-mxf',
  'text/javascript': 'application/x-javascript application/javascript',
  'application/xml': 'text/xml',
  'application/json': 'text/json application/x-json',
  'text/markdown': 'text/x-markdown',
  'application/pdf': 'application/x-pdf',
};

const aliases = new Map(
  Object.entries(otherNames).flatMap(([name, others]) => others.split(' ').map((other) => [other, name])),
);

/** A media type in the one form used for comparing and storing: lower case, no parameters, no alias. */
export function canonicalType(mediaType: string): string {
  const bare = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  return aliases.get(bare) ?? bare;
}

const formatNames: ReadonlySet<string> = new Set([
  ...Object.keys(otherNames),
  ...[...supportedMimeTypes].map(canonicalType),
]);

export type MediaFamily = 'image' | 'audio' | 'video' | 'text' | 'other';

const textual = /^text\/|^application\/(json|xml|x-ndjson|yaml|x-yaml|toml|x-subrip)$|\+(json|xml|yaml)$/;

/** SVG is an image here, however much it is text. */
export function familyOf(mediaType: string): MediaFamily {
  const [family] = mediaType.split('/', 1);
  if (family === 'image' || family === 'audio' || family === 'video') return family;
  return textual.test(mediaType) ? 'text' : 'other';
}

/** One format under several names, by what is inside or by habit: the first bytes do not tell which is meant. */
const formats = [
  'application/mp4 audio/mp4 video/mp4 video/quicktime audio/aac video/3gpp audio/3gpp video/3gpp2 audio/3gpp2',
  'application/ogg audio/ogg video/ogg',
  'audio/webm video/webm video/matroska audio/matroska',
  'application/vnd.ms-asf audio/x-ms-wma video/x-ms-wmv',
  'audio/mp2t video/mp2t',
  'audio/x-flv video/x-flv',
  'audio/amr audio/amr-wb',
  'audio/ac3 audio/eac3',
  'image/png image/apng',
  'image/heic image/heif image/avif',
  'image/tiff image/x-adobe-dng image/x-nikon-nef image/x-canon-cr2 image/x-sony-arw image/dng',
].map((names) => names.split(' '));

function sameFormat(a: string, b: string): boolean {
  return formats.some((names) => names.includes(a) && names.includes(b));
}

/** Containers of which it is not known what they hold. */
export const openContainers: readonly string[] = [
  'application/mp4',
  'application/ogg',
  'application/vnd.ms-asf',
  'application/mxf',
];

/** Nothing is known of the bytes. */
export const unknownType = 'application/octet-stream';
/** The name that file(1) has for no bytes at all. */
export const emptyType = 'inode/x-empty';

/** Whether bytes recognized as `detected` may rightly be called `declared` (both canonical). */
export function agree(declared: string, detected: string): boolean {
  if (declared === detected || declared === '' || [declared, detected].includes(unknownType)) return true;
  if (declared.endsWith('/*')) {
    return familyOf(declared) === familyOf(detected) || openContainers.includes(detected);
  }
  if (sameFormat(declared, detected)) return true;
  if (detected === emptyType) return !isMedia(declared);
  if (declared === 'image/svg+xml') return false;
  return familyOf(declared) === 'text' && detected === 'text/plain' && declared !== 'application/json';
}

/**
 * Whether bytes are surely not what they are called (both canonical). A name that nobody knows may be one more of the
 * format that the bytes have, if it says the same kind.
 */
export function contradicts(declared: string, detected: string): boolean {
  if (!isMedia(declared) || agree(declared, detected)) return false;
  const sameKind = familyOf(declared) === familyOf(detected) || openContainers.includes(detected);
  return formatNames.has(declared) || !sameKind;
}

/** Pictures that are read and drawn here. */
export function hasReader(type: string): boolean {
  return ['png', 'apng', 'jpeg', 'gif', 'webp', 'avif', 'tiff', 'svg+xml'].includes(
    type.replace('image/', ''),
  );
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
  'video/x-ms-wmv': 'wmv',
  'audio/x-ms-wma': 'wma',
  'audio/midi': 'mid',
  'audio/basic': 'au',
  'video/mp2t': 'ts',
  'video/mpeg': 'mpg',
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
