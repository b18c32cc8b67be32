import { Link } from 'wouter';
import { Code, Time } from '../parts/marks.js';
import { Thumb } from '../parts/thumb.js';
import { partsOf, useTold, type AuditEvent, type Told } from './told.js';

/** What each action is called, with what it tells of as its object. */
export const actionWords: Partial<Record<string, string>> = {
  'artifact.registered': 'recorded',
  'artifact.related': 'related',
  'artifact.moved': 'moved',
  'artifact.erased': 'erased',
  'story.registered': 'registered',
  'story.linked': 'gave a role in',
  'story.link-updated': 'changed a role in',
  'run.started': 'began',
  'run.moved': 'moved',
  'run.recorded': 'noted an artifact of',
  'step.started': 'began',
  'step.completed': 'ended',
  'legacy.imported': 'imported',
  'legacy.rolled-back': 'took back the import of',
  'content.collected': 'removed unused bytes',
  'guard.deleted': 'noted what was deleted',
};

/** Not by the service, or not a change but a deletion. */
const isUnusual = ({ actor, action, reason }: AuditEvent) =>
  actor === 'direct statement' || action === 'guard.deleted' || reason !== null;

interface ChangesProps {
  events: readonly AuditEvent[];
  /** On the page of what they all tell of it need not be named. */
  of?: string;
}

/** Changes as sentences, each leading to what it tells of; direct statements and deletions stand out. */
export function Changes({ events, of }: ChangesProps) {
  const book = useTold(events);
  return (
    <ol className={of === undefined ? 'changes' : 'changes changes-of'}>
      {events.map((event) => (
        <li key={event.id} className={isUnusual(event) ? 'unusual' : undefined}>
          {of === undefined && <Small of={shownOf(event, book)} />}
          <div>
            <strong>{event.actor ?? 'somebody'}</strong> {actionWords[event.action ?? ''] ?? event.action}{' '}
            {event.nodeId === of && 'this'}
            {event.nodeId !== of && event.nodeId !== null && event.nodeLabel !== 'MaintenanceGrant' && (
              <Name id={event.nodeId} kind={event.nodeLabel ?? ''} book={book} />
            )}
            <What event={event} book={book} />
            {isUnusual(event) && <Why event={event} />}
          </div>
          <span className="change-when">
            <Time at={event.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

type Book = ReadonlyMap<string, Told>;

function Why({ event: { actor, reason } }: { event: AuditEvent }) {
  const what = actor === 'direct statement' ? 'Typed into the database, past the service' : 'Deletion';
  return <p className="unusual-why">{reason === null ? what : `${what}: ${reason}`}</p>;
}

/** The artifact that a change is about: its own, or the one that it names. */
function shownOf({ nodeId, after }: AuditEvent, book: Book): Told | undefined {
  const own = book.get(nodeId ?? '');
  const { artifactId } = partsOf(after);
  return own?.artifact || typeof artifactId !== 'string' ? own : book.get(artifactId);
}

function Small({ of }: { of: Told | undefined }) {
  return <div className="change-thumb">{of?.artifact && <Thumb artifact={of.artifact} />}</div>;
}

function Name({ id, kind = 'artifact', book }: { id: string; kind?: string; book: Book }) {
  const known = book.get(id);
  if (known) return <Link href={known.href}>{known.name}</Link>;
  return (
    <>
      {kind.toLowerCase()} <Code value={id} name="id" />
    </>
  );
}

const say = (word: unknown) =>
  typeof word === 'string' ? word.toLowerCase().replaceAll('_', ' ') : 'unknown';

/** What was before and what is now, as people say it; a text of another form is behind a click. */
function What({ event: { before, after, action }, book }: { event: AuditEvent; book: Book }) {
  const { sourceId, artifactId, type, role, stage, isPrimary } = partsOf(after);
  if (typeof sourceId === 'string')
    return (
      <>
        {' '}
        as {say(type)} <Name id={sourceId} book={book} />
      </>
    );
  if (typeof artifactId === 'string')
    return (
      <>
        , {say(stage ?? role)}
        {isPrimary === true && ', primary'}
        {isPrimary === false && ', an alternative'}: <Name id={artifactId} book={book} />
      </>
    );
  const text = after ?? before;
  if (text === null || action === 'story.registered') return null;
  if (text.length > 40 || text.startsWith('{'))
    return (
      <details>
        <summary>What it says</summary>
        <pre>{text}</pre>
      </details>
    );
  if (after === null) return <Code value={text} name="id" />;
  return before === null ? ` as ${say(after)}` : ` from ${say(before)} to ${say(after)}`;
}
