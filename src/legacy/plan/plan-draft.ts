import { v5 } from 'uuid';
import { artifactEntity } from '../../model/artifact.js';
import { withAbsent } from '../../model/entity.js';
import { id as idSchema } from '../../model/identifiers.js';
import type { StoryLink } from '../../model/story.js';
import { typesOfRole, type RelationType, type StoryRole } from '../../model/vocabulary.js';
import type { ImportPlan, PlannedArtifact } from './import-plan.js';
import { claims, type PrimaryClaim } from '../media/media-slots.js';
import type { FileReport } from '../media/find-media.js';
import type { SlotResult } from '../media/read-media.js';
import type { OldBundle } from '../source/legacy-bundle.js';

export interface DraftLink extends Omit<StoryLink, 'isPrimary'> {
  claim: PrimaryClaim;
}

/** A plan in the making. Functions of the planner add to it; `finishPlan` settles primaries and generations. */
export interface PlanDraft extends Omit<ImportPlan, 'key' | 'kind' | 'story' | 'links' | 'files'> {
  readonly bundle: OldBundle;
  readonly media: ReadonlyMap<string, SlotResult>;
  /** Milliseconds: when the story (session, run, artifact) was made, and when it was stored. */
  readonly createdAt: number;
  readonly storedAt: number;
  /** The step that stands for this import; null where there is no run to hang it on. */
  importStepId: string | null;
  /** Artifacts whose bytes are of a kind that no artifact type names. */
  readonly misfits: Set<string>;
  readonly byIdentity: Map<string, PlannedArtifact>;
  /** What is told of files instead of what reading them told, where their rows contradict them. */
  readonly contradictions: Map<FileReport, FileReport>;
  readonly links: DraftLink[];
}

/** What no step of the old system tells. */
export const unusedByImport = { model: null, promptHash: null, uses: [], startedAt: null };

/** True for an old id that the graph can use as it is. */
export function isUsableId(value: string | null): value is string {
  return value !== null && idSchema.safeParse(value).success;
}

/** The name space of ids made by the import (a random UUID, fixed for good). */
const namespace = '6f0c2d1a-7be9-4c55-a1d3-f27f5e0b9c48';

/**
 * The id of a thing of this bundle that has none of its own: a name-based UUID (RFC 9562 version 5) of its place in the
 * old data, so that a repeated import makes the same ids.
 */
export function draftId({ bundle, id }: PlanDraft, ...place: string[]): string {
  return v5(Buffer.from([bundle.kind, id, ...place].join('\u0000')), namespace);
}

type NewArtifact = Pick<PlannedArtifact, 'id' | 'type'> & Partial<PlannedArtifact>;

export function addArtifact(draft: PlanDraft, { metadata, ...facts }: NewArtifact): PlannedArtifact {
  const given = {
    createdByStepId: draft.importStepId,
    ...facts,
    metadata: metadata && Object.keys(metadata).length > 0 ? metadata : null,
  };
  const artifact: PlannedArtifact = {
    lifecycleState: 'published',
    generation: 0,
    createdAt: draft.createdAt,
    storedAt: draft.storedAt,
    content: null,
    ...facts,
    ...withAbsent(artifactEntity, given),
  };
  draft.artifacts.push(artifact);
  return artifact;
}

/** Later slots that mean the same file find this artifact; the first artifact of a file keeps it. */
export function noteFile(
  { byIdentity, misfits }: PlanDraft,
  { media, identities }: SlotResult,
  artifact: PlannedArtifact,
): void {
  if (media.kind === 'stored' && media.contradicts && media.type === null) misfits.add(artifact.id);
  for (const identity of identities) if (!byIdentity.has(identity)) byIdentity.set(identity, artifact);
}

type NewLink = Pick<DraftLink, 'role' | 'claim' | 'position'> &
  Partial<Pick<DraftLink, 'id' | 'createdAt' | 'updatedAt'>>;

export function addLink(draft: PlanDraft, artifact: PlannedArtifact, link: NewLink): void {
  const { role } = link;
  if (draft.bundle.kind !== 'story') return;
  if (draft.misfits.has(artifact.id) || !typesOfRole[role].includes(artifact.type)) {
    const found = draft.misfits.has(artifact.id) ? artifact.mimeType : artifact.type;
    draft.problems.push(
      `artifact ${artifact.id} is not given the role ${role}, which takes ${typesOfRole[role].join(' or ')}: it is ${found}`,
    );
    return;
  }
  const twin = draft.links.find((other) => other.artifactId === artifact.id && other.role === role);
  if (twin) {
    twin.claim = strongest(twin.claim, link.claim);
    twin.position ??= link.position;
    return;
  }
  const createdAt = link.createdAt ?? draft.createdAt;
  draft.links.push({
    id: draftId(draft, 'link', role, artifact.id),
    storyId: draft.id,
    artifactId: artifact.id,
    createdAt,
    updatedAt: createdAt,
    ...link,
  });
}

function strongest(a: PrimaryClaim, b: PrimaryClaim): PrimaryClaim {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** Lineage that the old rows prove without a row that says so. */
export function addRelation(
  draft: PlanDraft,
  product: PlannedArtifact,
  type: RelationType,
  source: PlannedArtifact,
): void {
  if (product === source) return;
  const id = draftId(draft, 'relation', type, product.id, source.id);
  const createdAt = Math.max(product.createdAt, source.createdAt);
  draft.relations.push({ id, type, productId: product.id, sourceId: source.id, metadata: null, createdAt });
}

/** One primary for each role: the strongest claim, then the latest update, then the order of the rows. */
export function settlePrimaries(draft: PlanDraft): StoryLink[] {
  const chosen = new Map<StoryRole, DraftLink>();
  for (const link of draft.links) {
    if (link.claim === null) continue;
    const best = chosen.get(link.role);
    if (best?.claim === claims.oldPrimary && link.claim === claims.oldPrimary) {
      draft.problems.push(
        `more than one primary ${link.role}: the one updated last stays, the others become alternatives`,
      );
    }
    if (!best || isStronger(link, best)) chosen.set(link.role, link);
  }
  return draft.links.map(({ claim: _, ...link }) => ({
    ...link,
    isPrimary: chosen.get(link.role)?.id === link.id,
  }));
}

function isStronger(link: DraftLink, best: DraftLink): boolean {
  const [claim, other] = [link.claim ?? Infinity, best.claim ?? Infinity];
  return claim < other || (claim === other && link.updatedAt > best.updatedAt);
}
