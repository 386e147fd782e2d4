import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { FileRef } from '../live/message.ts';
import type { Request } from '../live/request.ts';
import type { Sending, SendQueue, Shelf } from '../live/send-queue.ts';
import type { Uploads } from '../live/uploads.ts';
import type { DeskLive } from './desk-live.ts';

/** Something an agent wrote that is on its way. */
export interface Written {
  readonly case: string;
  readonly number: number;
  readonly kind: 'reply' | 'note';
  readonly text: string;
  readonly files?: readonly FileRef[];
}

/** What the desk's pages work with. */
export interface Desk {
  readonly request: Request;
  readonly shelf: Shelf;
  readonly queue: SendQueue<Written>;
  readonly queries: QueryClient;
  /** The files that go with the next reply to a case (its id), for as long as the page is open. */
  readonly uploads: (id: string) => Uploads;
  readonly newId: () => string;
  /** Starts listening to the server, once somebody is signed in. @returns stops it */
  readonly listen: () => DeskLive;
}

const Context = createContext<Desk | null>(null);
const LiveContext = createContext<DeskLive | null>(null);

export const DeskProvider = Context.Provider;
export const LiveProvider = LiveContext.Provider;

/** The desk that this page belongs to. @throws Error outside of one */
export function useDesk(): Desk {
  const desk = useContext(Context);
  if (desk === null) throw new Error('not inside a DeskProvider');
  return desk;
}

/** How the connection is. */
export function useConnection(): 'connecting' | 'open' | 'lost' {
  const live = useContext(LiveContext);
  return useSyncExternalStore(live?.subscribe ?? never, () => live?.connection() ?? 'connecting');
}

/** Whether the customer of a case is writing. */
export function useCustomerTyping(id: string): boolean {
  const live = useContext(LiveContext);
  return useSyncExternalStore(live?.subscribe ?? never, () => live?.typing(id) ?? false);
}

/** What is on its way to one case. */
export function useUnderway(id: string): readonly Sending<Written>[] {
  const { queue } = useDesk();
  const items = useSyncExternalStore(queue.subscribe, queue.items);
  return items.filter((item) => item.body.case === id);
}

const never = () => () => undefined;
