import { useState } from 'react';

/** Does one thing at a time, and remembers what went wrong. */
export function useDoing(): {
  readonly busy: boolean;
  readonly fault: Error | null;
  readonly doing: (work: () => Promise<unknown>) => void;
} {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  return {
    busy,
    fault,
    doing(work) {
      setBusy(true);
      setFault(null);
      work()
        .catch((error: unknown) => setFault(error instanceof Error ? error : new Error(String(error))))
        .finally(() => setBusy(false));
    },
  };
}
