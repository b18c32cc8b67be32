import { useEffect, useRef, type FormEvent } from 'react';
import { useLocation, useSearchParams } from 'wouter';

/** Search, in every page's head; the key / leads here. */
export function SearchBox() {
  const box = useRef<HTMLInputElement>(null);
  const [location, navigate] = useLocation();
  const [params] = useSearchParams();
  const asked = location === '/search' ? (params.get('q') ?? '') : '';
  useEffect(() => {
    if (box.current) box.current.value = asked;
  }, [asked]);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      box.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    navigate(`/search?q=${encodeURIComponent(box.current?.value.trim() ?? '')}`);
  };
  return (
    <form role="search" className="search-box" onSubmit={submit}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M7 2.500a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.300L14 14" />
      </svg>
      <input
        ref={box}
        type="search"
        name="q"
        aria-label="Search stories and media"
        placeholder="Search, or drop a file anywhere"
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
