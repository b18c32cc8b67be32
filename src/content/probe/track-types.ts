import type { MediaInfo } from './media-info.js';
import { familyOf, openContainers, unknownType } from './media-type.js';
import { isBoxedPicture } from './signature.js';

/** MediaInfo's containers: the name for sound alone, with pictures, and where the tracks are unknown. */
const containers: Readonly<Record<string, { audio?: string; video?: string; open?: string }>> = {
  'MPEG-4': { audio: 'audio/mp4', video: 'video/mp4', open: 'application/mp4' },
  QuickTime: { audio: 'audio/mp4', video: 'video/quicktime', open: 'application/mp4' },
  WebM: { audio: 'audio/webm', video: 'video/webm', open: 'video/webm' },
  Matroska: { audio: 'audio/matroska', video: 'video/matroska', open: 'video/matroska' },
  Ogg: { audio: 'audio/ogg', video: 'video/ogg', open: 'application/ogg' },
  'Windows Media': { audio: 'audio/x-ms-wma', video: 'video/x-ms-wmv', open: 'application/vnd.ms-asf' },
  MXF: { audio: 'application/mxf', video: 'application/mxf', open: 'application/mxf' },
  AVI: { audio: 'video/vnd.avi', video: 'video/vnd.avi', open: 'video/vnd.avi' },
  'Flash Video': { audio: 'audio/x-flv', video: 'video/x-flv', open: 'video/x-flv' },
  'MPEG-PS': { audio: 'video/mpeg', video: 'video/mpeg', open: 'video/mpeg' },
  'MPEG-TS': { audio: 'audio/mp2t', video: 'video/mp2t' },
  BDAV: { audio: 'audio/mp2t', video: 'video/mp2t' },
  Wave: { audio: 'audio/wav' },
  Wave64: { audio: 'audio/x-w64' },
  AIFF: { audio: 'audio/aiff' },
  AU: { audio: 'audio/basic' },
  CAF: { audio: 'audio/x-caf' },
  FLAC: { audio: 'audio/flac' },
  TTA: { audio: 'audio/x-tta' },
  ADTS: { audio: 'audio/aac' },
  'MPEG Audio': { audio: 'audio/mpeg' },
  'AC-3': { audio: 'audio/ac3' },
  'E-AC-3': { audio: 'audio/eac3' },
  AMR: { audio: 'audio/amr' },
  MIDI: { audio: 'audio/midi' },
  "Monkey's Audio": { audio: 'audio/ape' },
};

/** Pictures that nothing else recognizes. */
const pictures: Readonly<Record<string, string>> = {
  DPX: 'image/x-dpx',
  EXR: 'image/x-exr',
  'JPEG 2000': 'image/jp2',
  PSD: 'image/vnd.adobe.photoshop',
};

/** Signatures of two or three bytes, which any bytes may begin with: believed where what follows fits. */
const weak = new Set([
  ...[
    'image/bmp',
    'image/gif',
    'image/x-icon',
    'audio/mpeg',
    'audio/aac',
    'audio/ac3',
    'audio/ape',
    'audio/mp2t',
  ],
  ...['video/mp2t', 'audio/x-ms-wma', 'video/x-ms-wmv', 'model/stl', 'application/x-msdownload'],
  ...['application/x-compress', 'application/postscript', 'audio/aiff'],
]);

/** Subtypes of one container that only the brand in the signature tells apart. */
const brands = ['video/quicktime', 'video/3gpp', 'video/3gpp2', 'audio/3gpp'];

/** The type that the tracks tell, and where they tell none the signature's, if it is sure. Canonical. */
export function typeByTracks({ format, kinds }: MediaInfo, signature: string | null): string {
  if (signature !== null && isBoxedPicture(signature)) return signature;
  const container = containers[format ?? ''];
  if (container) {
    const type = kinds.video ? container.video : kinds.audio ? container.audio : container.open;
    if (type === 'video/mp4' && signature !== null && brands.includes(signature)) return signature;
    if (type !== undefined) return type;
  }
  if (kinds.image && format !== null && pictures[format] !== undefined) return pictures[format];
  if (signature === null || (weak.has(signature) && format === null)) return unknownType;
  return openOf(signature);
}

/** A container that the signature names and whose tracks nobody could read. */
function openOf(signature: string): string {
  const family = familyOf(signature);
  if (family !== 'audio' && family !== 'video') return signature;
  const subtype = signature.slice(6);
  if (['mp4', 'quicktime', '3gpp', '3gpp2'].includes(subtype)) return 'application/mp4';
  return openContainers.find((name) => name === `application/${subtype}`) ?? signature;
}
