import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { openEventSource } from '../../live/event-source.ts';
import { createLiveStream } from '../../live/live-stream.ts';
import { request } from '../../live/request.ts';
import type { Replay, ReplayStep } from './publish.ts';

/** The newest replay, whoever started it and in whichever process it runs, followed while it runs. */
export function useReplay(): {
  readonly replay: Replay | null | undefined;
  readonly step: ReplayStep | null;
  readonly fault: Error | null;
  /** @throws ApiError as `request` does */
  start(questions: number): Promise<void>;
  /** @throws ApiError as `request` does */
  cancel(): Promise<void>;
} {
  const queries = useQueryClient();
  const [step, setStep] = useState<ReplayStep | null>(null);
  const newest = useQuery({
    queryKey: ['replays'],
    queryFn: async () => {
      const { replays } = await request<{ replays: readonly Replay[] }>('GET', '/api/console/replays');
      const [first] = replays;
      return first === undefined ? null : request<Replay>('GET', `/api/console/replays/${first.id}`);
    },
  });
  const replay = newest.data;
  const running = replay?.state === 'running' ? replay.id : null;

  useEffect(() => {
    if (running === null) return;
    const read = () => void queries.invalidateQueries({ queryKey: ['replays'] });
    const stream = createLiveStream({
      open: openEventSource(() => `/api/console/replays/${running}/stream`, ['step', 'end']),
      prepare: () => Promise.resolve(),
      onEvent: ({ name, data }) => {
        if (name === 'step') setStep(data as ReplayStep);
        else read();
      },
      // Whatever broke it may have ended the replay, too.
      onState: (state) => state === 'lost' && read(),
      random: Math.random,
    });
    return () => {
      stream.stop();
      setStep(null);
    };
  }, [running, queries]);

  return {
    replay,
    step: running === null ? null : (step ?? replay?.step ?? null),
    fault: newest.error,
    async start(questions) {
      queries.setQueryData(['replays'], await request<Replay>('POST', '/api/console/replays', { questions }));
    },
    async cancel() {
      if (running !== null) await request('POST', `/api/console/replays/${running}/cancel`);
    },
  };
}
