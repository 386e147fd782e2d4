import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { Allow } from './web-app.ts';

type Transform = NonNullable<FastifyDynamicSwaggerOptions['transform']>;

/** What is the same for the whole description. */
export function openApi(version: string): NonNullable<FastifyDynamicSwaggerOptions['openapi']> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Relevo',
      version,
      description: 'Support that answers first with a bot and hands over to a person without losing a word.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    components: {
      securitySchemes: {
        visitor: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Relevo-Visitor',
          description: "The visitor's secret: 32 to 128 random letters, digits, _ or -, made by the client.",
        },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-relevo-session' },
        token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
      },
    },
  };
}

/** Adds to each route who may call it, from the rule that guards it. */
export function describeAccess(transform: Transform): Transform {
  return (input) => {
    const described = transform(input);
    const allow: Allow | undefined = input.route.config?.allow;
    const schema = { ...described.schema, security: securityOf(allow) };
    return { ...described, schema };
  };
}

function securityOf(allow: Allow | undefined): Record<string, string[]>[] {
  if (allow === undefined || allow === 'public') return [];
  return allow === 'visitor' ? [{ visitor: [] }] : [{ session: [] }, { token: [] }];
}
