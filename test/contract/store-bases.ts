import { describe } from 'vitest';
import type { OpenStore } from './store.ts';

export function describeBases(_open: () => Promise<OpenStore>): void {
  describe.todo('Bases');
}
