import { describe } from 'vitest';
import type { OpenStore } from './store.ts';

export function describeSignals(_open: () => Promise<OpenStore>): void {
  describe.todo('Signals');
}
