import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import { createBrandsOf } from './escalation/agent-brands.ts';
import type { Staff } from './escalation/staff.ts';
import type { ServerDeps } from './http/server.ts';
import type { Ladder } from './ladder-file.ts';
import { createOidcProvider } from './oidc/provider.ts';

/** Who signs in where, and for which brands they work. @param deps `ladder` as relevo.yaml says now */
export function openAccounts(deps: {
  readonly config: Pick<Config, 'oidc'>;
  readonly staff: Pick<Staff, 'of'>;
  readonly ladder: () => Pick<Ladder, 'agentBrands'>;
  readonly clock: Clock;
}): Required<Pick<ServerDeps, 'brandsOf' | 'boundTo'>> & Pick<ServerDeps, 'elsewhere'> {
  const { oidc } = deps.config;
  const { clock } = deps;
  return {
    ...(oidc === null
      ? {}
      : {
          elsewhere: {
            provider: createOidcProvider({ settings: oidc, clock, fetch }),
            joins: oidc.joins,
          },
        }),
    brandsOf: createBrandsOf(deps.staff, deps.clock),
    boundTo({ email, name }) {
      const bounds: Readonly<Record<string, readonly string[]>> = deps.ladder().agentBrands;
      return bounds[email.toLowerCase()] ?? bounds[name.trim().toLowerCase()];
    },
  };
}
