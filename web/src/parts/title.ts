import { useEffect } from 'react';

/** What the browser's tab says. */
export function useTitle(title: string | null | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · artifact-graph` : 'artifact-graph';
  }, [title]);
}
