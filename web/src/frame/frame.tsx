import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { DroppedFile } from './dropped-file.js';
import { Health } from './health.js';
import { SearchBox } from './search-box.js';

const sections: [string, string, RegExp][] = [
  ['Stories', '/', /^\/($|stories\/)/],
  ['Lineage', '/lineage', /^\/lineage|\/lineage$/],
  ['Runs', '/runs', /^\/runs/],
  ['Audit', '/audit', /^\/audit/],
  ['Import', '/import', /^\/import/],
];

/** What is around every page: the name, search, the sections, health. */
export function Frame({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  const [open, setOpen] = useState(false);
  const goesBack = useRef(true);
  useEffect(() => {
    const back = () => (goesBack.current = true);
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);
  // A new page begins at its top, for the keyboard too; one that is gone back to, where it was left.
  useEffect(() => {
    setOpen(false);
    if (!goesBack.current) {
      window.scrollTo(0, 0);
      document.getElementById('main')?.focus({ preventScroll: true });
    }
    goesBack.current = false;
  }, [location]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="frame">
        <Link href="/" className="brand">
          artifact-graph
        </Link>
        <SearchBox />
        <button
          type="button"
          className="menu-button plain"
          aria-expanded={open}
          aria-controls="sections"
          onClick={() => setOpen(!open)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2 4h12M2 8h12M2 12h12" />
          </svg>
          <span className="unseen">Sections</span>
        </button>
        <nav id="sections" aria-label="Sections" className={open ? 'open' : undefined}>
          {sections.map(([name, href, here]) => (
            <Link key={href} href={href} aria-current={here.test(location) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
          <Health />
        </nav>
      </header>
      <DroppedFile />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
