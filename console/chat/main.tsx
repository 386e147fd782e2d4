import '../parts/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
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
import { currentPreferences } from '../parts/preferences.ts';
import { createChat } from './chat.ts';
import { ChatPage } from './chat-page.tsx';

const shelf = browserShelf();
const chat = createChat({
  request,
  open: openEventSource,
  shelf,
  createSendQueue,
  createLiveStream,
  upload,
  createUploads,
  newId: clientId,
  now: Date.now,
  random: Math.random,
  language: () => currentPreferences().language,
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
});
onWake(chat.wake);

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CatalogueProvider>
        <ChatPage chat={chat} shelf={shelf} />
      </CatalogueProvider>
    </StrictMode>,
  );
  preloadProse();
}
