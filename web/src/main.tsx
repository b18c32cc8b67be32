import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { StrictMode, type ComponentType } from 'react';
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

type Page = ComponentType<{ id: string }>;

/** Loaded when it is gone to. React's `lazy` would hold it back for 300 ms behind the skeleton that it showed meanwhile. */
function lazy(load: () => Promise<{ default: Page }>): Page {
  const kept = { queryKey: ['page', String(load)], queryFn: load, staleTime: Infinity, gcTime: Infinity };
  return function LazyPage({ id }) {
    const { data } = useQuery({ ...kept, throwOnError: true });
    return data ? <data.default id={id} /> : <Skeleton />;
  };
}

/** The pages by their paths. */
const pages: [path: string, page: Page][] = [
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
      <Switch>
        {pages.map(([path, Page]) => (
          <Route<{ id?: string }> key={path} path={path}>
            {({ id = '' }) => <Page key={id} id={id} />}
          </Route>
        ))}
        <Route component={NowherePage} />
      </Switch>
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
