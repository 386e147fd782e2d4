import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import { HttpProblem } from '../problem.ts';
import type { WebApp } from '../web-app.ts';

const config = { allow: 'public' } as const;
const schema = { hide: true } as const;

/** The pages by their addresses: `/desk` and `/console` find their own ways below themselves. */
const pages: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/demo': 'demo/index.html',
  '/demo/': 'demo/index.html',
  '/desk': 'desk/index.html',
  '/desk/*': 'desk/index.html',
  '/console': 'supervisor/index.html',
  '/console/*': 'supervisor/index.html',
};

/**
 * The pages as Vite built them.
 * @param folder null when there are none, as in tests
 */
export function pageRoutes(app: WebApp, { folder }: { folder: string | null }): void {
  for (const [url, file] of Object.entries(pages)) {
    app.get(url, { config, schema }, (_request, reply) => sendPage(reply, folder, file));
  }
  if (folder === null || !existsSync(folder)) return;

  // Their names hold a hash of what is in them.
  app.get<{ Params: { '*': string } }>('/assets/*', { config, schema }, (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`, { maxAge: '365d', immutable: true }),
  );
  for (const file of readdirSync(folder, { withFileTypes: true })) {
    if (!file.isFile() || file.name.endsWith('.html')) continue;
    app.get(`/${file.name}`, { config, schema }, (_request, reply) =>
      reply.sendFile(file.name, { maxAge: '1h' }),
    );
  }
}

/**
 * Sends a page as Vite built it.
 * @throws HttpProblem `not_built`
 */
export function sendPage(reply: FastifyReply, folder: string | null, file: string): FastifyReply {
  if (folder === null || !existsSync(join(folder, file))) {
    throw new HttpProblem(404, 'not_built', 'The pages have not been built.', { hint: 'npm run build' });
  }
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache');
  return reply.sendFile(file, { cacheControl: false });
}
