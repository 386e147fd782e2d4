import { describe } from 'vitest';
import type { OpenStore } from './store.ts';

export function describeCases(_open: () => Promise<OpenStore>): void {
  describe.todo('Cases');
}
