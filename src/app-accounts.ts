import type { Clock } from './core/clock.ts';
import { createBrandsOf } from './escalation/agent-brands.ts';
import type { Staff } from './escalation/staff.ts';
import type { ServerDeps } from './http/server.ts';
import type { Ladder } from './ladder-file.ts';

/** Tells for which brands those work who sign in. @param deps `ladder` as relevo.yaml says now */
export function openAccounts(deps: {
  readonly staff: Pick<Staff, 'of'>;
  readonly ladder: () => Pick<Ladder, 'agentBrands'>;
  readonly clock: Clock;
}): Required<Pick<ServerDeps, 'brandsOf' | 'boundTo'>> {
  return {
    brandsOf: createBrandsOf(deps.staff, deps.clock),
    boundTo({ email, name }) {
      const bounds: Readonly<Record<string, readonly string[]>> = deps.ladder().agentBrands;
      return bounds[email.toLowerCase()] ?? bounds[name.trim().toLowerCase()];
    },
  };
}
