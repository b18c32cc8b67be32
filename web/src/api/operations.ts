// Written by `npm run web-operations` from web/src/queries and the service's schema.

import type { Document } from './document.js';

export type ArtifactType =
  | 'IMAGE'
  | 'AUDIO'
  | 'VIDEO'
  | 'TEXT'
  | 'JSON';

/** What became of a file: MISSING to CONTRADICTORY are files whose bytes are not, or not as the old row says, in the store. */
export type LegacyFileOutcome =
  | 'STORED'
  | 'REMOTE'
  | 'MISSING'
  | 'EMPTY'
  | 'UNREADABLE'
  | 'ESCAPES'
  | 'NOT_A_FILE'
  | 'TOO_LARGE'
  | 'CONTRADICTORY';

export type LegacyKind =
  | 'STORY'
  | 'SESSION'
  | 'RUN'
  | 'ARTIFACT'
  | 'RELATION';

export type LegacyOutcome =
  | 'IMPORTED'
  | 'FAILED';

export type LifecycleState =
  | 'INTERMEDIATE'
  | 'CANDIDATE'
  | 'PUBLISHED'
  | 'ARCHIVED';

export type LineageDirection =
  | 'UPSTREAM'
  | 'DOWNSTREAM'
  | 'BOTH';

export type RelationType =
  | 'DERIVED_FROM'
  | 'VARIANT_OF'
  | 'TRANSCODED_FROM';

export type RunStage =
  | 'GENERATED'
  | 'REVIEWED'
  | 'APPROVED'
  | 'FAILED';

export type RunStatus =
  | 'PENDING'
  | 'RUNNING'
  | 'COMPLETED'
  | 'FAILED'
  | 'CANCELLED';

export type StepStatus =
  | 'PENDING'
  | 'RUNNING'
  | 'COMPLETED'
  | 'FAILED';

export type StoryRole =
  | 'COVER'
  | 'FINAL_AUDIO'
  | 'FINAL_VIDEO'
  | 'SCENE_IMAGE'
  | 'STORY_TEXT';

export type WorkflowType =
  | 'IMAGE_TO_STORY'
  | 'INTERACTIVE_STORY'
  | 'NEWS_TO_KIDS'
  | 'KIDS_DAILY'
  | 'MORNING_SHOW';

export type MoveArtifactMutation = { moveArtifact: { id: string } };

export type PublishArtifactMutation = { publishArtifact: { id: string } };

export type MakePrimaryMutation = { linkArtifact: { id: string } };

export type ArtifactQuery = { artifacts: Array<(
    { path: string | null, url: string | null, externalId: string | null, createdByAgent: string | null, safetyScore: number | null, createdBy: { id: string, name: string, model: string | null, promptHash: string | null, usesConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment }> }, run: { id: string, workflowType: WorkflowType, status: RunStatus, story: { id: string, title: string | null } | null } | null } | null, storiesConnection: { totalCount: number, edges: Array<{ node: StoryCardFragment, properties: { role: StoryRole, isPrimary: boolean } }> }, derivedFromConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment }> }, variantOfConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment }> }, transcodedFromConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment }> }, derivativesConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment }> }, variantsConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment }> }, transcodesConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment }> } }
    & ArtifactCardFragment
  )> };

export type PayloadsQuery = { artifacts: Array<{ id: string, payload: unknown }> };

export type AuditQuery = { auditEvents: { nodes: Array<{ id: string, at: string, actor: string | null, action: string | null, nodeLabel: string | null, nodeId: string | null, before: string | null, after: string | null, reason: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type TellQuery = { artifacts: Array<ArtifactCardFragment>, stories: Array<{ id: string, title: string | null }>, runs: Array<{ id: string, workflowType: WorkflowType }>, steps: Array<{ id: string, name: string, run: { id: string } | null }> };

export type ArtifactCardFragment = { id: string, type: ArtifactType, lifecycleState: LifecycleState, description: string | null, mimeType: string | null, sizeBytes: number | null, contentHash: string | null, metadata: unknown, createdAt: string, content: { sha256: string } | null };

export type StoryCardFragment = { id: string, title: string | null, createdAt: string, coverArtifact: ArtifactCardFragment | null, currentRun: { id: string, workflowType: WorkflowType, status: RunStatus } | null };

export type DifferenceFragment = { name: string, a: unknown, b: unknown };

export type CompareQuery = { compareArtifacts: { sameContent: boolean, truncated: boolean, a: ArtifactCardFragment, b: ArtifactCardFragment, facts: Array<DifferenceFragment>, making: Array<DifferenceFragment>, sourcesOnlyOfA: Array<ArtifactCardFragment>, sourcesOnlyOfB: Array<ArtifactCardFragment>, parting: { a: ArtifactCardFragment | null, b: ArtifactCardFragment | null, commonSources: Array<ArtifactCardFragment>, making: Array<DifferenceFragment>, sourcesOnlyOfA: Array<ArtifactCardFragment>, sourcesOnlyOfB: Array<ArtifactCardFragment> } | null } };

export type HomeQuery = { storiesConnection: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: StoryCardFragment }> } };

export type NewestQuery = { artifacts: Array<(
    { createdBy: { name: string } | null }
    & ArtifactCardFragment
  )> };

export type ImportsQuery = { legacyImports: { hasNextPage: boolean, endCursor: string | null, sources: Array<{ source: string, imported: number, failed: number, others: number, artifacts: number, troubled: number, latest: string }>, imports: Array<{ key: string, kind: LegacyKind, sourceId: string | null, outcome: LegacyOutcome, reason: string | null, at: string, actor: string | null, runs: number, links: number, problems: Array<string>, story: { id: string, title: string | null } | null, artifacts: Array<{ id: string }>, files: Array<{ path: string, outcome: LegacyFileOutcome, reason: string | null }> }> } };

export type LineageArtifactFragment = { id: string, type: ArtifactType, lifecycleState: LifecycleState, description: string | null, generation: number, createdBy: { name: string } | null };

export type LineageQuery = { lineage: { totalCount: number, truncated: boolean, artifact: LineageArtifactFragment, cuts: Array<{ artifactId: string, direction: LineageDirection, relations: number }>, nodes: Array<{ depth: number, artifact: LineageArtifactFragment }>, edges: Array<{ productId: string, sourceId: string, type: RelationType }> } };

export type CardsQuery = { artifacts: Array<ArtifactCardFragment> };

export type WayQuery = { there: Array<ArtifactCardFragment>, back: Array<ArtifactCardFragment> };

export type ImpactQuery = { impact: { totalCount: number, truncated: boolean, published: Array<ArtifactCardFragment>, stories: Array<StoryCardFragment> } };

export type RunsQuery = { runsConnection: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, workflowType: WorkflowType, status: RunStatus, createdAt: string, story: { id: string, title: string | null } | null } }> } };

export type RunQuery = { runs: Array<(
    { externalId: string | null, summary: unknown, story: { id: string, title: string | null } | null, artifactsConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment, properties: { stage: RunStage } }> } }
    & RunLineFragment
  )> };

export type StepPartsQuery = { steps: Array<{ id: string, promptHash: string | null, input: unknown, output: unknown, usesConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment }> }, artifactsConnection: { totalCount: number, edges: Array<{ node: ArtifactCardFragment }> } }> };

export type SearchQuery = { search: { truncated: boolean, stories: Array<StoryCardFragment>, artifacts: Array<ArtifactCardFragment> } };

export type WhereIsQuery = { whereIs: Array<(
    { storiesConnection: { totalCount: number, edges: Array<{ node: StoryCardFragment, properties: { role: StoryRole, isPrimary: boolean } }> } }
    & ArtifactCardFragment
  )> };

export type StoryQuery = { storyManifest: { missingRoles: Array<StoryRole>, story: { id: string, title: string | null, createdAt: string, currentRun: { id: string } | null, runsConnection: { totalCount: number, edges: Array<{ node: RunLineFragment }> } }, links: Array<{ id: string, role: StoryRole, isPrimary: boolean, artifact: ArtifactCardFragment }>, lineage: { truncated: boolean, nodes: Array<{ artifact: (
          { generation: number, createdBy: { name: string } | null }
          & ArtifactCardFragment
        ) }> } } };

export type RunLineFragment = { id: string, workflowType: WorkflowType, status: RunStatus, createdAt: string, stepsConnection: { totalCount: number, edges: Array<{ node: { id: string, name: string, status: StepStatus, error: string | null, model: string | null, startedAt: string | null, completedAt: string | null } }> } };

export const MoveArtifactDocument: Document<MoveArtifactMutation, { id: string; to: LifecycleState; }> =
  'mutation MoveArtifact($id: ID!, $to: LifecycleState!) { moveArtifact(id: $id, to: $to) { id } }';

export const PublishArtifactDocument: Document<PublishArtifactMutation, { id: string; }> =
  'mutation PublishArtifact($id: ID!) { publishArtifact(id: $id) { id } }';

export const MakePrimaryDocument: Document<MakePrimaryMutation, { storyId: string; artifactId: string; role: StoryRole; }> =
  'mutation MakePrimary($storyId: ID!, $artifactId: ID!, $role: StoryRole!) { linkArtifact( input: {storyId: $storyId, artifactId: $artifactId, role: $role, isPrimary: true} ) { id } }';

export const ArtifactDocument: Document<ArtifactQuery, { id: string; }> =
  'query Artifact($id: ID!) { artifacts(where: {id: {eq: $id}}, limit: 1) { ...ArtifactCard path url externalId createdByAgent safetyScore createdBy { id name model promptHash usesConnection(first: 50) { totalCount edges { node { ...ArtifactCard } } } run { id workflowType status story { id title } } } storiesConnection(first: 50) { totalCount edges { node { ...StoryCard } properties { role isPrimary } } } derivedFromConnection(first: 60) { totalCount edges { node { ...ArtifactCard } } } variantOfConnection(first: 60) { totalCount edges { node { ...ArtifactCard } } } transcodedFromConnection(first: 60) { totalCount edges { node { ...ArtifactCard } } } derivativesConnection(first: 60) { totalCount edges { node { ...ArtifactCard } } } variantsConnection(first: 60) { totalCount edges { node { ...ArtifactCard } } } transcodesConnection(first: 60) { totalCount edges { node { ...ArtifactCard } } } } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } } fragment StoryCard on Story { id title createdAt coverArtifact { ...ArtifactCard } currentRun { id workflowType status } }';

export const PayloadsDocument: Document<PayloadsQuery, { ids: Array<string>; }> =
  'query Payloads($ids: [ID!]!) { artifacts(where: {id: {in: $ids}}, limit: 100) { id payload } }';

export const AuditDocument: Document<AuditQuery, { first: number; after?: string | null | undefined; nodeId?: string | null | undefined; actor?: string | null | undefined; action?: string | null | undefined; since?: string | null | undefined; until?: string | null | undefined; }> =
  'query Audit($first: Int!, $after: String, $nodeId: ID, $actor: String, $action: String, $since: DateTime, $until: DateTime) { auditEvents( first: $first after: $after nodeId: $nodeId actor: $actor action: $action since: $since until: $until newestFirst: true ) { nodes { id at actor action nodeLabel nodeId before after reason } pageInfo { hasNextPage endCursor } } }';

export const TellDocument: Document<TellQuery, { ids: Array<string>; }> =
  'query Tell($ids: [ID!]!) { artifacts(where: {id: {in: $ids}}, limit: 200) { ...ArtifactCard } stories(where: {id: {in: $ids}}, limit: 200) { id title } runs(where: {id: {in: $ids}}, limit: 200) { id workflowType } steps(where: {id: {in: $ids}}, limit: 200) { id name run { id } } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } }';

export const CompareDocument: Document<CompareQuery, { a: string; b: string; }> =
  'query Compare($a: ID!, $b: ID!) { compareArtifacts(a: $a, b: $b) { sameContent truncated a { ...ArtifactCard } b { ...ArtifactCard } facts { ...Difference } making { ...Difference } sourcesOnlyOfA { ...ArtifactCard } sourcesOnlyOfB { ...ArtifactCard } parting { a { ...ArtifactCard } b { ...ArtifactCard } commonSources { ...ArtifactCard } making { ...Difference } sourcesOnlyOfA { ...ArtifactCard } sourcesOnlyOfB { ...ArtifactCard } } } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } } fragment Difference on Difference { name a b }';

export const HomeDocument: Document<HomeQuery, { first: number; after?: string | null | undefined; }> =
  'query Home($first: Int!, $after: String) { storiesConnection(first: $first, after: $after, sort: [{createdAt: DESC}]) { totalCount pageInfo { hasNextPage endCursor } edges { node { ...StoryCard } } } } fragment StoryCard on Story { id title createdAt coverArtifact { ...ArtifactCard } currentRun { id workflowType status } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } }';

export const NewestDocument: Document<NewestQuery, { limit: number; }> =
  'query Newest($limit: Int!) { artifacts(limit: $limit, sort: [{createdAt: DESC}]) { ...ArtifactCard createdBy { name } } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } }';

export const ImportsDocument: Document<ImportsQuery, { first: number; after?: string | null | undefined; troubled: boolean; }> =
  'query Imports($first: Int!, $after: String, $troubled: Boolean!) { legacyImports(first: $first, after: $after, troubled: $troubled) { hasNextPage endCursor sources { source imported failed others artifacts troubled latest } imports { key kind sourceId outcome reason at actor runs links problems story { id title } artifacts { id } files { path outcome reason } } } }';

export const LineageDocument: Document<LineageQuery, { id: string; direction: LineageDirection; depth: number; limit: number; types?: Array<RelationType> | null | undefined; }> =
  'query Lineage($id: ID!, $direction: LineageDirection!, $depth: Int!, $limit: Int!, $types: [RelationType!]) { lineage( artifactId: $id direction: $direction depth: $depth limit: $limit relationTypes: $types ) { totalCount truncated artifact { ...LineageArtifact } cuts { artifactId direction relations } nodes { depth artifact { ...LineageArtifact } } edges { productId sourceId type } } } fragment LineageArtifact on Artifact { id type lifecycleState description generation createdBy { name } }';

export const CardsDocument: Document<CardsQuery, { ids: Array<string>; }> =
  'query Cards($ids: [ID!]!) { artifacts(where: {id: {in: $ids}}, limit: 100) { ...ArtifactCard } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } }';

export const WayDocument: Document<WayQuery, { from: string; to: string; }> =
  'query Way($from: ID!, $to: ID!) { there: lineagePath(fromArtifactId: $from, toArtifactId: $to) { ...ArtifactCard } back: lineagePath(fromArtifactId: $to, toArtifactId: $from) { ...ArtifactCard } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } }';

export const ImpactDocument: Document<ImpactQuery, { id: string; }> =
  'query Impact($id: ID!) { impact(artifactIds: [$id]) { totalCount truncated published { ...ArtifactCard } stories { ...StoryCard } } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } } fragment StoryCard on Story { id title createdAt coverArtifact { ...ArtifactCard } currentRun { id workflowType status } }';

export const RunsDocument: Document<RunsQuery, { first: number; after?: string | null | undefined; }> =
  'query Runs($first: Int!, $after: String) { runsConnection(first: $first, after: $after, sort: [{createdAt: DESC}]) { totalCount pageInfo { hasNextPage endCursor } edges { node { id workflowType status createdAt story { id title } } } } }';

export const RunDocument: Document<RunQuery, { id: string; }> =
  'query Run($id: ID!) { runs(where: {id: {eq: $id}}, limit: 1) { ...RunLine externalId summary story { id title } artifactsConnection(first: 100) { totalCount edges { node { ...ArtifactCard } properties { stage } } } } } fragment RunLine on Run { id workflowType status createdAt stepsConnection(first: 200, sort: [{node: {order: ASC}}]) { totalCount edges { node { id name status error model startedAt completedAt } } } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } }';

export const StepPartsDocument: Document<StepPartsQuery, { id: string; }> =
  'query StepParts($id: ID!) { steps(where: {id: {eq: $id}}, limit: 1) { id promptHash input output usesConnection(first: 50) { totalCount edges { node { ...ArtifactCard } } } artifactsConnection(first: 50) { totalCount edges { node { ...ArtifactCard } } } } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } }';

export const SearchDocument: Document<SearchQuery, { text: string; first: number; }> =
  'query Search($text: String!, $first: Int!) { search(text: $text, first: $first) { truncated stories { ...StoryCard } artifacts { ...ArtifactCard } } } fragment StoryCard on Story { id title createdAt coverArtifact { ...ArtifactCard } currentRun { id workflowType status } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } }';

export const WhereIsDocument: Document<WhereIsQuery, { hash: string; }> =
  'query WhereIs($hash: String!) { whereIs(contentHash: $hash) { ...ArtifactCard storiesConnection(first: 20) { totalCount edges { node { ...StoryCard } properties { role isPrimary } } } } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } } fragment StoryCard on Story { id title createdAt coverArtifact { ...ArtifactCard } currentRun { id workflowType status } }';

export const StoryDocument: Document<StoryQuery, { id: string; }> =
  'query Story($id: ID!) { storyManifest(storyId: $id) { missingRoles story { id title createdAt currentRun { id } runsConnection(first: 20, sort: [{node: {createdAt: DESC}}]) { totalCount edges { node { ...RunLine } } } } links { id role isPrimary artifact { ...ArtifactCard } } lineage { truncated nodes { artifact { ...ArtifactCard generation createdBy { name } } } } } } fragment RunLine on Run { id workflowType status createdAt stepsConnection(first: 200, sort: [{node: {order: ASC}}]) { totalCount edges { node { id name status error model startedAt completedAt } } } } fragment ArtifactCard on Artifact { id type lifecycleState description mimeType sizeBytes contentHash metadata createdAt content { sha256 } }';

