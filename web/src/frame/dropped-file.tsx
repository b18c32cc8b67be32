import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';

/** Larger files do not fit into a browser's memory, where they are hashed. */
const mostBytes = 1_500_000_000;

/** The SHA-256 of a file in hex. The file goes nowhere. @throws Error in words where it cannot be had */
async function hashOf(file: File): Promise<string> {
  if (!window.isSecureContext) throw new Error('A browser hashes files only over HTTPS or on this machine.');
  if (file.size > mostBytes)
    throw new Error('This file is too large for a browser: ask `artifact-graph whereis`.');
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Hashes a file here, and goes to where its bytes are. */
function useFileSearch(): { look: (file: File | null | undefined) => void; said: string | null } {
  const [, navigate] = useLocation();
  const [said, setSaid] = useState<string | null>(null);
  const look = (file: File | null | undefined) => {
    if (!file) return;
    setSaid(`Reading ${file.name}`);
    hashOf(file).then(
      (hash) => {
        setSaid(null);
        navigate(`/search?hash=${hash}&name=${encodeURIComponent(file.name)}`);
      },
      (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)),
    );
  };
  return { look, said };
}

/** A file that is dropped on any page, or pasted into it, is looked for by its bytes. */
export function DroppedFile() {
  const { look, said } = useFileSearch();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(event.type === 'dragover');
      if (event.type === 'drop') look(event.dataTransfer.files[0]);
    };
    const paste = (event: ClipboardEvent) => look(event.clipboardData?.files[0]);
    const stop = new AbortController();
    for (const type of ['dragover', 'dragleave', 'drop'] as const)
      document.addEventListener(type, drag, { signal: stop.signal });
    document.addEventListener('paste', paste, { signal: stop.signal });
    return () => stop.abort();
  });
  if (!over && said === null) return null;
  return (
    <p className="dropping" role="status">
      {over
        ? 'Let it go, and see which artifacts and stories have these bytes. It is not sent anywhere.'
        : said}
    </p>
  );
}

/** The same for those who do not drag. */
export function ChooseFile() {
  const { look, said } = useFileSearch();
  return (
    <p className="choose-file">
      <label>
        Or look for a file’s bytes: <input type="file" onChange={({ target }) => look(target.files?.[0])} />
      </label>
      {said !== null && <span role="status">{said}</span>}
    </p>
  );
}
