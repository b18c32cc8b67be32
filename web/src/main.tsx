import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, lazy, Suspense } from 'react';
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

const StoryPage = lazy(() => import('./pages/story.js'));
const LineagePage = lazy(() => import('./pages/lineage.js'));
const LineagesPage = lazy(() => import('./pages/lineages.js'));
const SearchPage = lazy(() => import('./pages/search.js'));
const RunsPage = lazy(() => import('./pages/runs.js'));
const RunPage = lazy(() => import('./pages/run.js'));
const ComparePage = lazy(() => import('./pages/compare.js'));
const AuditPage = lazy(() => import('./pages/audit.js'));
const ImportPage = lazy(() => import('./pages/import.js'));
const ArtifactPage = lazy(() => import('./pages/artifact.js'));

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
          <Route path="/" component={HomePage} />
          <Route path="/stories/:id">{({ id }) => <StoryPage key={id} id={id} />}</Route>
          <Route path="/artifacts/:id/lineage">{({ id }) => <LineagePage key={id} id={id} />}</Route>
          <Route path="/artifacts/:id">{({ id }) => <ArtifactPage key={id} id={id} />}</Route>
          <Route path="/lineage" component={LineagesPage} />
          <Route path="/runs" component={RunsPage} />
          <Route path="/runs/:id">{({ id }) => <RunPage key={id} id={id} />}</Route>
          <Route path="/search" component={SearchPage} />
          <Route path="/import" component={ImportPage} />
          <Route path="/audit" component={AuditPage} />
          <Route path="/compare" component={ComparePage} />
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
