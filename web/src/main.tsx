import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, lazy, Suspense, type ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { Route, Switch } from 'wouter';
import { Refused } from './api/http.js';
import { Frame } from './frame/frame.js';
import { HomePage } from './pages/home.js';
import { NowherePage } from './pages/nowhere.js';
import { Skeleton } from './parts/status.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/pages.css';
import './styles/narrow.css';

/** The pages by their paths; they are loaded when they are gone to. */
const pages: [path: string, page: ComponentType<{ id: string }>][] = [
  ['/', HomePage],
  ['/stories/:id', lazy(() => import('./pages/story.js'))],
  ['/artifacts/:id/lineage', lazy(() => import('./pages/lineage.js'))],
  ['/artifacts/:id', lazy(() => import('./pages/artifact.js'))],
  ['/lineage', lazy(() => import('./pages/lineages.js'))],
  ['/runs', lazy(() => import('./pages/runs.js'))],
  ['/runs/:id', lazy(() => import('./pages/run.js'))],
  ['/search', lazy(() => import('./pages/search.js'))],
  ['/import', lazy(() => import('./pages/import.js'))],
  ['/audit', lazy(() => import('./pages/audit.js'))],
  ['/compare', lazy(() => import('./pages/compare.js'))],
];

/** A refusal is final; a service that is away may come back. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && error instanceof Refused && error.code === 'unavailable',
    },
  },
});

function App() {
  return (
    <Frame>
      <Suspense fallback={<Skeleton />}>
        <Switch>
          {pages.map(([path, Page]) => (
            <Route<{ id?: string }> key={path} path={path}>
              {({ id = '' }) => <Page key={id} id={id} />}
            </Route>
          ))}
          <Route component={NowherePage} />
        </Switch>
      </Suspense>
    </Frame>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
