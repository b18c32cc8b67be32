import type { Context } from '../context.js';
import { readMembers, slices, type Row } from '../lineage/read-members.js';
import type { Trace } from '../lineage/trace.js';
import { artifactEntity } from '../model/artifact.js';
import { relationEntity } from '../model/relation.js';
import type { RelationType } from '../model/vocabulary.js';
import { rowText } from './entity-text.js';

const artifactText = rowText(artifactEntity);
const relationText = rowText(relationEntity);

/** Short pieces cost less than one of a whole part: they are garbage of the young kind, which is collected at once. */
const joinedAtATime = 64;

const kinds = ['artifact', 'ancestor', 'descendant', 'relation'] as const;
type Kind = (typeof kinds)[number];

/** Some members of one kind, as JSON texts. */
interface Texts {
  kind: Kind;
  texts: string[];
}

/** All members of a lineage, kind by kind in the order of `kinds`, in parts of bounded size. */
async function* lineageTexts(
  ctx: Context,
  trace: Trace,
  types: readonly RelationType[] | null,
): AsyncGenerator<Texts> {
  const { ids, depths } = trace;
  const depthAt = (position: number) => depths[position] ?? 0;
  const positions = [...ids.keys()];
  const upFirst = [
    ...positions.filter((position) => depthAt(position) >= 0),
    ...positions.filter((position) => depthAt(position) < 0),
  ];
  for await (const part of readMembers(ctx, trace, upFirst, types)) {
    if ('relations' in part) yield { kind: 'relation', texts: part.relations.map(relationText) };
    else yield* artifactTexts(part.artifacts, part.positions.map(depthAt));
  }
}

function artifactTexts(rows: readonly Row[], depths: readonly number[]): Texts[] {
  const texts = rows.map((row, n) => {
    const [text, depth] = [artifactText(row), depths[n] ?? 0];
    return depth === 0 ? text : `${text.slice(0, -1)},"depth":${Math.abs(depth)}}`;
  });
  const kindOf = (depth: number): Kind => (depth === 0 ? 'artifact' : depth > 0 ? 'ancestor' : 'descendant');
  return kinds
    .map((kind) => ({ kind, texts: texts.filter((_, n) => kindOf(depths[n] ?? 0) === kind) }))
    .filter((part) => part.texts.length > 0);
}

const openings: Record<Kind, string> = {
  artifact: ',"artifact":',
  ancestor: ',"ancestors":[',
  descendant: '],"descendants":[',
  relation: '],"relations":[',
};

/** One JSON object, `lineageOut`, in pieces. */
async function* asObject(parts: AsyncIterable<Texts>, trace: Trace): AsyncGenerator<string> {
  let text = `{"artifact_id":${JSON.stringify(trace.ids[0])}`;
  let opened = 0;
  let isFirst = true;
  const openUpTo = (kind: Kind) => {
    for (; opened <= kinds.indexOf(kind); opened++) {
      text += openings[kinds[opened] ?? kind];
      isFirst = true;
    }
  };
  for await (const { kind, texts } of parts) {
    openUpTo(kind);
    for (const some of slices(texts, joinedAtATime)) {
      yield text + (isFirst ? '' : ',') + some.join(',');
      text = '';
      isFirst = false;
    }
  }
  openUpTo('relation');
  yield `${text}],"total_count":${trace.ids.length},"truncated":${trace.truncated}}`;
}

/** A line for the whole, then one for each member, `{"ancestor": {…}}`. */
async function* asLines(parts: AsyncIterable<Texts>, { ids, truncated }: Trace): AsyncGenerator<string> {
  yield `${JSON.stringify({ artifact_id: ids[0], total_count: ids.length, truncated })}\n`;
  for await (const { kind, texts } of parts)
    for (const some of slices(texts, joinedAtATime))
      yield some.map((text) => `{"${kind}":${text}}\n`).join('');
}

/**
 * A lineage as it is sent, in pieces: memory does not grow with it.
 * @param trace from one artifact; nothing but its ids and depths is used
 * @param form one object of the shape `lineageOut`, or lines of JSON
 */
export function lineageText(
  ctx: Context,
  trace: Trace,
  { types, form }: { types: readonly RelationType[] | null; form: 'object' | 'lines' },
): AsyncGenerator<string> {
  const parts = lineageTexts(ctx, trace, types);
  return form === 'object' ? asObject(parts, trace) : asLines(parts, trace);
}
