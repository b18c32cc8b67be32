import { useRef, useSyncExternalStore } from 'react';
import { useCaller } from '../actions/action.js';
import { readToken, watchToken } from '../api/http.js';
import { useRest } from '../api/use-answer.js';
import { TokenForm } from './token-form.js';

const sentences: Record<string, string> = {
  healthy: 'Everything answers.',
  degraded: 'It works, with something missing.',
  unhealthy: 'A part is away.',
};

/** How the service is, in a dot and a sentence; behind it the parts, and the token of this tab. */
export function Health() {
  const dialog = useRef<HTMLDialogElement>(null);
  const { data, error } = useRest('/api/v1/artifacts/health', { refetchInterval: 30_000, retry: false });
  const { actor, role } = useCaller();
  const token = useSyncExternalStore(watchToken, readToken);
  const status = error ? 'unhealthy' : typeof data?.status === 'string' ? data.status : 'unknown';
  return (
    <>
      <button type="button" className="plain soft" onClick={() => dialog.current?.showModal()}>
        <span className={`dot dot-${status}`} aria-hidden="true" />
        {status === 'unknown' ? 'Asking' : status[0]?.toUpperCase() + status.slice(1)}
      </button>
      <dialog ref={dialog} aria-label="Health and access">
        <h2>{sentences[status] ?? 'The service has not answered yet.'}</h2>
        {error && <p>{error.message}</p>}
        <dl className="facts">
          {Object.entries(data ?? {}).map(([name, value]) => (
            <div key={name}>
              <dt>{name.replaceAll('_', ' ')}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
        <h3>Access</h3>
        <p>
          {typeof actor === 'string' && `To the service you are ${actor}, ${String(role)}. `}
          {token === null ? 'No token is used in this tab.' : 'This tab uses a token.'}
        </p>
        <TokenForm onDone={() => dialog.current?.close()} />
        <form method="dialog">
          <button type="submit" className="plain">
            Close
          </button>
        </form>
      </dialog>
    </>
  );
}
