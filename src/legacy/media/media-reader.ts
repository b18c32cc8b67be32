import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import type { VerifiedBytes } from '../../content/content-store.js';
import { putWhole } from '../../content/register-content.js';
import type { Context } from '../../context.js';
import { InvalidInput } from '../../errors.js';
import { reasonOf } from '../source/file-trouble.js';
import type { LegacyTables } from '../source/legacy-tables.js';
import type { MediaRoots } from './media-path.js';

export interface MediaOptions {
  /** The folder that the old system served as /data; beside a SQLite file, `data`, when absent. */
  mediaRoot?: string | undefined;
  /** Beginnings of paths as the old machine wrote them, and the folder each stands for here. */
  pathMaps?: readonly { from: string; to: string }[];
  /** Tells what would be done, and changes neither the graph nor the store. */
  dryRun?: boolean;
}

const concurrentFiles = 16;
/** Larger files are not taken. */
export const maxFileBytes = 1 << 30;

/** How media is read and where its bytes go. */
export type MediaReader = ReturnType<typeof mediaReader>;

/** @throws InvalidInput when a folder that was named is none */
export function mediaReader({ content }: Context, tables: LegacyTables, options: MediaOptions) {
  return {
    roots: mediaRoots(tables, options),
    /** Of files that are read and stored at the same time. */
    limit: pLimit(concurrentFiles),
    /** For files too large for memory, while they are hashed. */
    scratchDir: content.scratchDir,
    /** Keeps the bytes; a dry run only notes the digest. */
    keep: async (bytes: VerifiedBytes): Promise<void> => {
      if (!options.dryRun) await putWhole(content, bytes);
    },
  };
}

function mediaRoots(tables: LegacyTables, { mediaRoot, pathMaps = [] }: MediaOptions): MediaRoots {
  const wanted = mediaRoot ?? (tables.folder === null ? null : join(tables.folder, 'data'));
  const why = wanted === null ? notAFolder : whyNoFolder(wanted);
  if (why !== null && (mediaRoot !== undefined || why !== notAFolder)) {
    throw new InvalidInput(`the media root ${wanted} ${why}`, [{ path: 'media-root', message: why }]);
  }
  if (wanted === null || why !== null) return { root: null, pathMaps: [] };
  const root = realpathSync(wanted);
  // Paths in the database may name the folder by the link that leads to it.
  return { root, pathMaps: [...pathMaps, { from: resolve(wanted), to: root }] };
}

const notAFolder = 'is not a folder';

function whyNoFolder(path: string): string | null {
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return notAFolder;
    accessSync(path, constants.R_OK | constants.X_OK);
    return null;
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}`;
  }
}
