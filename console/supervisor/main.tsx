import '../parts/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, Navigate } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ApiError } from '../live/api-error.ts';
import { CatalogueProvider } from '../parts/catalogue.tsx';
import { ConsolePage } from './console-page.tsx';
import { sections } from './sections.ts';
import { sessionQuery } from './session.ts';
import { supervisorTexts } from './words.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      retry: (count, fault) =>
        count < 2 && fault instanceof ApiError && fault.passing && fault.status !== 401,
    },
  },
});

// No page is shown before it is known who is signed in: it is asked while the words and the page itself are still loaded.
void queries.prefetchQuery(sessionQuery);

const router = createBrowserRouter([
  {
    path: '/console',
    element: <ConsolePage />,
    HydrateFallback: () => null,
    children: [
      { index: true, element: <Navigate to={`/console/${sections[0].path}`} replace /> },
      ...sections.map(({ path, load }) => ({
        path: `${path}/*`,
        lazy: async () => ({ Component: await load() }),
      })),
    ],
  },
  { path: '*', element: <Navigate to="/console" replace /> },
]);

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CatalogueProvider also={supervisorTexts}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </CatalogueProvider>
    </StrictMode>,
  );
}
