import type { FormEvent } from 'react';
import { useSearchParams } from 'wouter';
import { AuditDocument } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { actionWords, Changes } from '../audit/changes.js';
import { Pager } from '../parts/pager.js';
import { Answered, Empty } from '../parts/status.js';
import { useTitle } from '../parts/title.js';

/** Quick ways to what an auditor looks for first. */
const views: [string, Record<string, string>][] = [
  ['Everything', {}],
  ['Direct statements', { actor: 'direct statement' }],
  ['Deletions', { action: 'guard.deleted' }],
];

/** Who changed what, newest first. */
export default function AuditPage() {
  useTitle('Audit');
  const [params, setParams] = useSearchParams();
  const said = (name: string) => params.get(name) || null;
  const answer = useAnswer(
    AuditDocument,
    {
      first: 50,
      after: said('after'),
      nodeId: said('node'),
      actor: said('actor'),
      action: said('action'),
      since: instant(said('since')),
      until: instant(said('until')),
    },
    { keep: true, refetchInterval: said('after') === null ? 10_000 : false },
  );
  const isView = (filter: Record<string, string>) =>
    ['node', 'actor', 'action'].every((name) => (filter[name] ?? null) === said(name));
  return (
    <>
      <h1>Audit</h1>
      <p className="soft">Every change, by whom and when. Nothing here can be changed or deleted.</p>
      <p className="actions views">
        {views.map(([name, filter]) => (
          <button key={name} type="button" aria-pressed={isView(filter)} onClick={() => setParams(filter)}>
            {name}
          </button>
        ))}
      </p>
      <Filters />
      <Answered of={answer} cards={0}>
        {({ auditEvents: { nodes, pageInfo } }) => (
          <>
            {nodes.length === 0 && (
              <Empty title="No such change">
                <p>Nothing that is recorded fits these filters.</p>
              </Empty>
            )}
            <Changes events={nodes} />
            <Pager next={pageInfo} />
          </>
        )}
      </Answered>
    </>
  );
}

/** The moment that a date and a time in the reader's zone say; null for none. */
function instant(local: string | null): string | null {
  const time = local === null ? NaN : new Date(local).getTime();
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function Filters() {
  const [params, setParams] = useSearchParams();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const filter: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === 'string' && value.trim() !== '') filter[name] = value.trim();
    setParams(filter);
  };
  const field = (name: string) => ({ name, defaultValue: params.get(name) ?? '' });
  return (
    <form className="filters row" onSubmit={submit} key={params.toString()}>
      <label>
        From
        <input type="datetime-local" {...field('since')} />
      </label>
      <label>
        Until
        <input type="datetime-local" {...field('until')} />
      </label>
      <label>
        Who
        <input {...field('actor')} placeholder="anybody" />
      </label>
      <label>
        What
        <select {...field('action')}>
          <option value="">anything</option>
          {Object.keys(actionWords).map((action) => (
            <option key={action}>{action}</option>
          ))}
        </select>
      </label>
      <label>
        Of what
        <input {...field('node')} placeholder="an id" />
      </label>
      <button type="submit" className="primary">
        Show
      </button>
    </form>
  );
}
