import { v5 } from 'uuid';
import { artifactEntity } from '../../model/artifact.js';
import { withAbsent } from '../../model/entity.js';
import { id as idSchema } from '../../model/identifiers.js';
import type { StoryLink } from '../../model/story.js';
import { typesOfRole, type RelationType, type StoryRole } from '../../model/vocabulary.js';
import type { FileReport } from '../media/find-media.js';
import { claims } from '../media/media-slots.js';
import type { SlotResult } from '../media/read-media.js';
import type { OldBundle } from '../source/legacy-bundle.js';
import type { ImportPlan, PlannedArtifact } from './import-plan.js';

interface DraftLink extends Omit<StoryLink, 'isPrimary'> {
  /** One of `claims`. */
  claim: number;
}

type NewArtifact = Pick<PlannedArtifact, 'id' | 'type'> & Partial<PlannedArtifact>;
type NewLink = Pick<DraftLink, 'role' | 'claim' | 'position'> &
  Partial<Pick<DraftLink, 'createdAt' | 'updatedAt'>> & { id?: string | null };

/** What no step of the old system tells. */
export const unusedByImport = { model: null, promptHash: null, uses: [], startedAt: null };

/** True for an old id that the graph can use as it is. */
export function isUsableId(value: string | null): value is string {
  return value !== null && idSchema.safeParse(value).success;
}

/** The name space of ids made by the import (a random UUID, fixed for good). */
const namespace = '6f0c2d1a-7be9-4c55-a1d3-f27f5e0b9c48';

/** The time of what has none: recognizable, and the same in every import. */
const unknownTime = 0;

type OldTimes = Partial<Record<'created_at' | 'stored_at' | 'updated_at', number | null>>;

/** The row that may date a bundle; none where it has no row of its own. */
function datedRow(bundle: OldBundle): OldTimes {
  const { kind, story, session, segments, runs, artifacts, relations } = bundle;
  const rows = {
    story,
    session: session ?? segments[0],
    run: runs[0],
    artifact: artifacts[0],
    relation: relations[0],
  };
  return rows[kind] ?? {};
}

/** A plan in the making. The planner's functions add to it; `finishPlan` decides primaries and generations. */
export class PlanDraft {
  readonly runs: ImportPlan['runs'] = [];
  readonly steps: ImportPlan['steps'] = [];
  readonly artifacts: PlannedArtifact[] = [];
  readonly relations: ImportPlan['relations'] = [];
  readonly records: ImportPlan['records'] = [];
  readonly problems: string[];
  /** Milliseconds: when the story (session, run, artifact) was made, and when it was stored. */
  readonly createdAt: number;
  readonly storedAt: number;
  /** The step that stands for this import; null where there is no run to hang it on. */
  importStepId: string | null = null;
  /** What is told of all that the slots refer to. */
  readonly files: FileReport[];
  /** Artifacts whose bytes are of a kind that no artifact type names. */
  readonly #misfits = new Set<string>();
  readonly #byIdentity = new Map<string, PlannedArtifact>();
  readonly #links: DraftLink[] = [];

  /** @param media what became of each of the bundle's media slots, by name */
  constructor(
    readonly bundle: OldBundle,
    readonly id: string,
    readonly media: ReadonlyMap<string, SlotResult>,
  ) {
    this.problems = [...(bundle.session?.told ?? [])];
    this.files = [...media.values()].flatMap(({ files }) => files);
    const row = datedRow(bundle);
    const columns = (['created_at', 'stored_at', 'updated_at'] as const).filter(
      (name) => row[name] !== undefined,
    );
    const found = columns.map((name) => row[name]).find((time) => typeof time === 'number');
    if (found === undefined && columns.length > 0)
      this.problems.push(`none of ${columns.join(', ')} is a time: 1970-01-01T00:00:00Z is recorded`);
    this.createdAt = found ?? unknownTime;
    this.storedAt = row.stored_at ?? this.createdAt;
  }

  /**
   * The id of a thing of this bundle that has none of its own: a name-based UUID (RFC 9562 version 5) of its place in the
   * old data, so that a repeated import makes the same ids.
   */
  idOf(...place: string[]): string {
    return v5(Buffer.from([this.bundle.kind, this.id, ...place].join('\u0000')), namespace);
  }

  /** An old id where the graph can use it, else one of the same kind. */
  keptId(old: string | null, ...place: string[]): string {
    return isUsableId(old) ? old : this.idOf(...place);
  }

  addArtifact({ metadata, ...facts }: NewArtifact): PlannedArtifact {
    const given = {
      createdByStepId: this.importStepId,
      ...facts,
      metadata: metadata && Object.keys(metadata).length > 0 ? metadata : null,
    };
    const artifact: PlannedArtifact = {
      lifecycleState: 'published',
      generation: 0,
      createdAt: this.createdAt,
      storedAt: this.storedAt,
      content: null,
      ...facts,
      ...withAbsent(artifactEntity, given),
    };
    this.artifacts.push(artifact);
    return artifact;
  }

  /** The artifact that was made of the same file before, if one was. */
  twinOf({ identities }: SlotResult): PlannedArtifact | undefined {
    return identities.map((identity) => this.#byIdentity.get(identity)).find(Boolean);
  }

  /** Later slots that mean the same file find this artifact; the first artifact of a file keeps it. */
  noteFile({ media, identities }: SlotResult, artifact: PlannedArtifact): void {
    if (media.kind === 'stored' && media.contradicts && media.type === null) this.#misfits.add(artifact.id);
    for (const identity of identities)
      if (!this.#byIdentity.has(identity)) this.#byIdentity.set(identity, artifact);
  }

  /** Gives an artifact a role in the story, where that takes its kind; of two links of one role the stronger claim counts. */
  addLink(artifact: PlannedArtifact, link: NewLink): void {
    const { role } = link;
    if (this.bundle.kind !== 'story') return;
    const isMisfit = this.#misfits.has(artifact.id);
    if (isMisfit || !typesOfRole[role].includes(artifact.type)) {
      const found = isMisfit ? artifact.mimeType : artifact.type;
      this.problems.push(
        `artifact ${artifact.id} is not given the role ${role}, which takes ${typesOfRole[role].join(' or ')}: it is ${found}`,
      );
      return;
    }
    const twin = this.#links.find((other) => other.artifactId === artifact.id && other.role === role);
    if (twin) {
      twin.claim = Math.min(twin.claim, link.claim);
      twin.position ??= link.position;
      return;
    }
    const createdAt = link.createdAt ?? this.createdAt;
    const id = this.keptId(link.id ?? null, 'link', role, artifact.id);
    const ends = { storyId: this.id, artifactId: artifact.id };
    this.#links.push({ createdAt, updatedAt: createdAt, ...link, id, ...ends });
  }

  /** Lineage that the old rows prove without a row that says so. */
  addRelation(product: PlannedArtifact, type: RelationType, source: PlannedArtifact): void {
    if (product === source) return;
    const id = this.idOf('relation', type, product.id, source.id);
    const createdAt = Math.max(product.createdAt, source.createdAt);
    this.relations.push({ id, type, productId: product.id, sourceId: source.id, metadata: null, createdAt });
  }

  /** The links with one primary for each role: the strongest claim, then the latest update, then the order of the rows. */
  finalLinks(): StoryLink[] {
    const chosen = new Map<StoryRole, DraftLink>();
    for (const link of this.#links) {
      const best = chosen.get(link.role);
      if (best?.claim === claims.oldPrimary && link.claim === claims.oldPrimary) {
        this.problems.push(
          `more than one primary ${link.role}: the one updated last stays, the others become alternatives`,
        );
      }
      const isStronger =
        link.claim < (best?.claim ?? claims.none) ||
        (best?.claim === link.claim && link.updatedAt > best.updatedAt);
      if (isStronger) chosen.set(link.role, link);
    }
    return this.#links.map(({ claim: _, ...link }) => ({
      ...link,
      isPrimary: chosen.get(link.role)?.id === link.id,
    }));
  }
}
