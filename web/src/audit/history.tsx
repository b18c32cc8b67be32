import { Link } from 'wouter';
import { AuditDocument } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { Changes } from './changes.js';

const most = 20;

/** What happened to one artifact, story or run, last change first. */
export function History({ id }: { id: string }) {
  const { data, error } = useAnswer(AuditDocument, { first: most, nodeId: id });
  if (!data && !error) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      {error && <p className="soft">{error.message}</p>}
      {data?.auditEvents.nodes.length === 0 && <p className="soft">No change is recorded.</p>}
      {data && <Changes events={data.auditEvents.nodes} of={id} />}
      {data?.auditEvents.pageInfo.hasNextPage && (
        <p>
          <Link href={`/audit?node=${encodeURIComponent(id)}`}>All changes of it</Link>
        </p>
      )}
    </section>
  );
}
