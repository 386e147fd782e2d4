import { useTell } from '../words.ts';

/** How long agents worked, in words: minutes, or hours from two on. */
export function useCost(): (agentMs: number) => string {
  const tell = useTell();
  return (agentMs) => {
    const minutes = Math.round(agentMs / 60_000);
    return minutes < 120
      ? tell('gaps.minutes', { minutes })
      : tell('gaps.hours', { hours: Math.round(minutes / 6) / 10 });
  };
}
