import { useEffect, useState, useSyncExternalStore } from 'react';
import { readToken, request, watchToken } from './http.js';

export const contentPath = (id: string) => `/api/v1/artifacts/${encodeURIComponent(id)}/content`;
export const previewPath = (id: string, size: 256 | 512) =>
  `/api/v1/artifacts/${encodeURIComponent(id)}/preview?size=${size}`;

/**
 * An address that an <img>, <audio> or <video> can load: the path itself, or, where a token is needed, which these
 * elements cannot send, a blob of what it answers. Null while that loads; failed when there is nothing.
 */
export function useBytes(path: string | null): { address: string | null; failed: boolean } {
  const token = useSyncExternalStore(watchToken, readToken);
  const [blob, setBlob] = useState<{ of: string; address: string | null } | null>(null);
  useEffect(() => {
    if (token === null || path === null) return;
    const stop = new AbortController();
    let address: string | null = null;
    request(path, { signal: stop.signal })
      .then((response) => response.blob())
      .then((bytes) => {
        address = URL.createObjectURL(bytes);
        setBlob({ of: path, address });
      })
      .catch(() => stop.signal.aborted || setBlob({ of: path, address: null }));
    return () => {
      stop.abort();
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [path, token]);
  if (token === null || path === null) return { address: path, failed: false };
  if (blob?.of !== path) return { address: null, failed: false };
  return { address: blob.address, failed: blob.address === null };
}
