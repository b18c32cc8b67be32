import { InvalidInput } from '../../errors.js';
import type { ArtifactType } from '../../model/vocabulary.js';
import {
  agree,
  canonicalType,
  contradicts,
  familyOf,
  isMedia,
  openContainers,
  unknownType,
} from './media-type.js';

export interface DecidedType {
  /** The type to record. */
  mimeType: string;
  /** Set where the sender's word is not what the bytes say, or all that is known of them: both, for the record. */
  difference: { declared_mime_type: string; detected_mime_type: string } | null;
}

/**
 * Holds the sender's word against the bytes. Calling something an image, a sound or a video when the bytes are surely
 * something else is an error; bytes that nobody knows contradict nobody, and then the record says that the type is
 * only declared. Otherwise the bytes have the last word, except that one kind of text may be called another.
 * @throws InvalidInput `unsupported_media_type`
 */
export function decideType(declaredType: string | null | undefined, detectedType: string): DecidedType {
  const declared = canonicalType(declaredType ?? '');
  if (contradicts(declared, detectedType)) refuseContradiction(declared, detectedType);
  if (declared === '' || declared === unknownType || declared.endsWith('/*')) {
    return { mimeType: detectedType, difference: null };
  }
  if (detectedType !== unknownType && agree(declared, detectedType)) {
    return { mimeType: byContents(declared, detectedType), difference: null };
  }
  const texts = familyOf(declared) === 'text' && familyOf(detectedType) === 'text';
  const mimeType = texts || detectedType === unknownType ? declared : detectedType;
  return { mimeType, difference: { declared_mime_type: declared, detected_mime_type: detectedType } };
}

/** Of two names of one container, the one that tells what is inside. */
function byContents(declared: string, detected: string): string {
  const told = isMedia(detected) && familyOf(declared) !== familyOf(detected);
  return told ? detected : declared;
}

/**
 * An artifact called image, audio or video holds one, as far as its bytes are known at all.
 * @throws InvalidInput `unsupported_media_type`
 */
export function checkKind(type: ArtifactType, decided: DecidedType, detectedType: string): void {
  if (type === 'text' || type === 'json') return;
  const { mimeType } = decided;
  if (familyOf(mimeType) === type) return;
  const open = [unknownType, ...openContainers].includes(detectedType);
  if (open && familyOf(mimeType) === 'other') return;
  const message = `the content is ${mimeType}, which is no ${type}`;
  throw new InvalidInput(message, [{ path: 'type', message }], 'unsupported_media_type');
}

/** The encoding that a Content-Type names for text, in lower case; null where it names none. */
export function charsetOf(mediaType: string): string | null {
  const named = /;\s*charset\s*=\s*"?([\w.:+-]{1,40})"?\s*(?:;|$)/i.exec(mediaType);
  return named?.[1]?.toLowerCase() ?? null;
}

function refuseContradiction(declared: string, detected: string): never {
  const message = `is declared as ${declared}, but the bytes are ${detected}`;
  throw new InvalidInput(
    `the content ${message}`,
    [{ path: 'mime_type', message }],
    'unsupported_media_type',
  );
}
