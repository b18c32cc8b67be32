import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Refused } from '../api/http.js';
import { TokenForm } from '../frame/token-form.js';

/** Boxes where cards will be, so that nothing jumps. */
export function Skeleton({ cards = 8 }: { cards?: number }) {
  return (
    <div className="shelf" aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: cards }, (_, index) => (
        <div key={index} className="card box skeleton">
          <div className="thumb" />
          <span className="card-title">&nbsp;</span>
          <span className="card-facts row">&nbsp;</span>
        </div>
      ))}
    </div>
  );
}

/** The service's own sentence, and a way back; a form for a token where one is needed. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const message = error instanceof Error ? error.message : String(error);
  const status = error instanceof Refused ? error.status : 0;
  return (
    <div className="notice box" role="alert">
      <h2>{status === 404 ? 'This is not in the record' : 'That did not work'}</h2>
      <p>{message}</p>
      {status === 401 && <TokenForm />}
      <p className="actions">
        {retry && status !== 404 && (
          <button type="button" onClick={retry}>
            Try again
          </button>
        )}
        <Link href="/">All stories</Link>
      </p>
    </div>
  );
}

/** @param name of what there is not */
export function NotThere({ name }: { name: string }) {
  return <Failure error={new Refused(`There is no ${name}.`, 'not_found', 404)} />;
}

export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="notice box">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

interface Answer<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** One of three: what was asked for, why it is not there, or boxes until it is. */
export function Answered<T>(props: { of: Answer<T>; cards?: number; children: (data: T) => ReactNode }) {
  const { data, error, refetch } = props.of;
  if (data !== undefined) return props.children(data);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return <Skeleton cards={props.cards} />;
}
