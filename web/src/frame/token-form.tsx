import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { keepToken, readToken } from '../api/http.js';

/** Takes the caller's token and keeps it for this tab. */
export function TokenForm({ onDone }: { onDone?: () => void }) {
  const [token, setToken] = useState('');
  const queries = useQueryClient();
  const keep = (value: string) => {
    keepToken(value.trim());
    void queries.resetQueries();
    onDone?.();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep(token);
  };
  return (
    <form className="token-form row" onSubmit={submit}>
      <label>
        Access token
        <input type="password" value={token} autoComplete="off" onChange={(e) => setToken(e.target.value)} />
      </label>
      <button type="submit">Use it in this tab</button>
      {readToken() !== null && (
        <button type="button" className="plain" onClick={() => keep('')}>
          Forget it
        </button>
      )}
    </form>
  );
}
