import type { QueryClient } from '@tanstack/react-query';
import type { Request } from '../live/request.ts';
import type { SendQueue, SendQueueDeps, Shelf } from '../live/send-queue.ts';
import type { Upload, Uploads, UploadsDeps } from '../live/uploads.ts';
import type { Desk, Written } from './desk-context.tsx';
import { createDeskLive, type DeskLiveDeps } from './desk-live.ts';

/** What a desk is built from. */
export interface CreateDeskDeps extends Pick<DeskLiveDeps, 'open' | 'createLiveStream' | 'random'> {
  readonly request: Request;
  readonly queries: QueryClient;
  readonly shelf: Shelf;
  readonly createSendQueue: (deps: SendQueueDeps<Written>) => SendQueue<Written>;
  readonly upload: Upload;
  readonly createUploads: (deps: UploadsDeps) => Uploads;
  /** Calls back when the network or the computer came back. @returns stops it */
  readonly onWake: (wake: () => void) => () => void;
  readonly newId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const gatherMs = 150;

/** Puts the desk together: what it reads, what it sends, and what it hears. */
export function createDesk(deps: CreateDeskDeps): Desk {
  const { request, queries, shelf, newId } = deps;

  const queue = deps.createSendQueue({
    name: 'desk',
    shelf,
    now: deps.now,
    random: deps.random,
    async send(id, written) {
      const { text, files = [] } = written;
      await request('POST', `/api/cases/${written.case}/${written.kind}`, {
        id,
        ...(text === '' ? {} : { text }),
        ...(files.length === 0 ? {} : { files: files.map((file) => file.id) }),
      });
      // It leaves the queue once the story that has it is on the screen.
      const read = queries.invalidateQueries({ queryKey: ['case', written.number] });
      void read.then(() => queue.drop(id));
    },
  });

  const trays = new Map<string, Uploads>();
  function uploads(id: string): Uploads {
    const known = trays.get(id);
    if (known !== undefined) return known;
    const tray = deps.createUploads({
      newId,
      upload: (file, watch) => deps.upload(`/api/cases/${id}/files`, file, watch),
    });
    trays.set(id, tray);
    return tray;
  }

  /** Changes often come in bunches: one reading serves them all. */
  const changed = new Set<number>();
  let everything = false;
  let gathering = false;
  const onChange = (number: number | null) => {
    if (number === null) everything = true;
    else changed.add(number);
    if (gathering) return;
    gathering = true;
    setTimeout(() => {
      gathering = false;
      void queries.invalidateQueries({ queryKey: ['cases'] });
      void queries.invalidateQueries({ queryKey: ['questions'] });
      if (everything) void queries.invalidateQueries({ queryKey: ['case'] });
      else for (const each of changed) void queries.invalidateQueries({ queryKey: ['case', each] });
      changed.clear();
      everything = false;
    }, gatherMs);
  };

  return {
    request,
    shelf,
    queue,
    queries,
    uploads,
    newId,
    listen() {
      const live = createDeskLive({
        open: deps.open,
        createLiveStream: deps.createLiveStream,
        random: deps.random,
        onChange,
        onAgent: () => void queries.invalidateQueries({ queryKey: ['availability'] }),
        onLost: () => void queries.invalidateQueries({ queryKey: ['session'] }),
      });
      queue.wake();
      const stopWaking = deps.onWake(() => {
        live.wake();
        queue.wake();
      });
      return {
        ...live,
        stop() {
          stopWaking();
          live.stop();
        },
      };
    },
  };
}
