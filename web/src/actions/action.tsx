import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import { Refused } from '../api/http.js';
import { useRest } from '../api/use-answer.js';
import { TokenForm } from '../frame/token-form.js';

/** Who this tab is to the service, and whether they may change anything; false until that is known. */
export function useCaller(): { actor: unknown; role: unknown; mayWrite: boolean } {
  const { data } = useRest('/api/v1/me', { retry: false });
  const { actor, role } = data ?? {};
  return { actor, role, mayWrite: role === 'writer' || role === 'admin' };
}

interface ActionProps {
  /** What the button says. */
  name: string;
  /** What is asked before it is done. */
  question: string;
  run: () => Promise<unknown>;
  /** What will be so afterwards. */
  children: ReactNode;
}

/** A button for a change, which asks before it and shows the service's own words where it is refused. */
export function Action({ name, question, run, children }: ActionProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const queries = useQueryClient();
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: run,
    onSuccess: () => {
      dialog.current?.close();
      return queries.invalidateQueries();
    },
  });
  const open = () => {
    reset();
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" onClick={open}>
        {name}
      </button>
      <dialog ref={dialog} aria-label={question}>
        <h2>{question}</h2>
        <p>{children}</p>
        {error && (
          <p className="refusal" role="alert">
            {error.message}
          </p>
        )}
        {error instanceof Refused && (error.status === 401 || error.status === 403) && (
          <TokenForm onDone={reset} />
        )}
        <p className="actions">
          <button type="button" className="primary" disabled={isPending} onClick={() => mutate()}>
            {name}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Leave it as it is
          </button>
        </p>
      </dialog>
    </>
  );
}
