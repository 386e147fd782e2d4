import '../parts/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, Navigate } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ApiError } from '../live/api-error.ts';
import { browserShelf } from '../live/browser-shelf.ts';
import { clientId } from '../live/client-id.ts';
import { onWake, openEventSource } from '../live/event-source.ts';
import { createLiveStream } from '../live/live-stream.ts';
import { request } from '../live/request.ts';
import { createSendQueue } from '../live/send-queue.ts';
import { upload } from '../live/upload.ts';
import { createUploads } from '../live/uploads.ts';
import { CatalogueProvider } from '../parts/catalogue.tsx';
import { preloadProse } from '../parts/message-bubble.tsx';
import { CasePage } from './case-page.tsx';
import { ChannelsPage } from './channels-page.tsx';
import { createDesk } from './create-desk.ts';
import { DeskProvider } from './desk-context.tsx';
import { DeskPage } from './desk-page.tsx';
import { JoinPage } from './join-page.tsx';
import { NoCase } from './no-case.tsx';
import { QuarantinePage } from './quarantine-page.tsx';
import { QuestionsPage } from './questions-page.tsx';
import { SetupPage } from './setup-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      retry: (count, fault) =>
        count < 2 && fault instanceof ApiError && fault.passing && fault.status !== 401,
    },
  },
});

const desk = createDesk({
  request,
  queries,
  shelf: browserShelf(),
  open: openEventSource,
  createLiveStream,
  createSendQueue,
  upload,
  createUploads,
  onWake,
  newId: clientId,
  now: Date.now,
  random: Math.random,
});

const router = createBrowserRouter([
  { path: '/desk/sign-in', element: <SignInPage /> },
  { path: '/desk/setup', element: <SetupPage /> },
  { path: '/desk/join', element: <JoinPage /> },
  {
    path: '/desk',
    element: <DeskPage />,
    children: [
      { index: true, element: <NoCase /> },
      { path: 'cases/:number', element: <CasePage /> },
      { path: 'questions', element: <QuestionsPage /> },
      { path: 'quarantine', element: <QuarantinePage /> },
      { path: 'channels', element: <ChannelsPage /> },
    ],
  },
  { path: '*', element: <Navigate to="/desk" replace /> },
]);

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CatalogueProvider>
        <QueryClientProvider client={queries}>
          <DeskProvider value={desk}>
            <RouterProvider router={router} />
          </DeskProvider>
        </QueryClientProvider>
      </CatalogueProvider>
    </StrictMode>,
  );
  preloadProse();
}
