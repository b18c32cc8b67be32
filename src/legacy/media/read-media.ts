import pLimit from 'p-limit';
import type { OldBundle } from '../source/legacy-bundle.js';
import { mediaSlots } from './media-slots.js';
import type { MediaReader } from './media-reader.js';
import { resolveSlot, type SlotResult } from './resolve-media.js';

/** Files that are read and stored at the same time. */
const concurrentSlots = 16;

export type MediaOf = ReadonlyMap<OldBundle, ReadonlyMap<string, SlotResult>>;

/**
 * Reads and keeps the media of all slots of the bundles, some at the same time.
 * @throws Unavailable when the store does not answer
 */
export async function readMedia(bundles: readonly OldBundle[], reader: MediaReader): Promise<MediaOf> {
  const results = new Map<OldBundle, Map<string, SlotResult>>();
  const wanted = bundles.flatMap((bundle) => {
    const slots = mediaSlots(bundle);
    const ofBundle = new Map<string, SlotResult>();
    results.set(bundle, ofBundle);
    // Keeps the order of the slots, whichever is read first.
    for (const { name } of slots) ofBundle.set(name, { media: { kind: 'none' }, identities: [], files: [] });
    return slots.map((slot) => ({ slot, ofBundle }));
  });
  await pLimit(concurrentSlots).map(wanted, async ({ slot, ofBundle }) => {
    ofBundle.set(slot.name, await resolveSlot(slot, reader));
  });
  return results;
}
