import { z } from 'zod';
import type { Json } from '../../../core/json.ts';
import type { DraftArticle } from '../../../kb/workbench/article-work.ts';
import type { Workbench } from '../../../kb/workbench/workbench.ts';
import type { PreviewArticle } from '../../article-preview.ts';
import { HttpProblem } from '../../problem.ts';
import {
  articleFiles,
  articleImport,
  articleImported,
  articleList,
  articlePreview,
  articleQuery,
  articleRef,
  articleRemove,
  articleRestore,
  articleSave,
  draftArticle,
  exampleOpinions,
  exampleQuery,
  exportQuery,
  lintFindings,
  previewQuery,
} from '../../schemas/console-articles.ts';
import { auditList } from '../../schemas/console-audit.ts';
import { problems } from '../../schemas/problem.ts';
import { iso } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { type OwnBrands, onShelves, ownConfig } from './own-brands.ts';
import { config, tags, writerOf } from './writer.ts';

const historyLimit = 200;
/** Whole knowledge bases are imported at once. */
const importLimitBytes = 10 * 1024 * 1024;

/** The articles of the draft. A save names the article as it was opened: nobody's edit is overwritten. */
export function consoleArticleRoutes(
  app: WebApp,
  { workbench, preview, own }: { workbench: Workbench; preview: PreviewArticle; own: OwnBrands },
): void {
  const { articles } = workbench;

  app.get('/api/console/articles', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'Articles of the draft, and how each stands to what is published',
      querystring: articleQuery,
      response: { 200: articleList, ...problems },
    },
    handler: async (request) => {
      const { words, language, tag, status, offset, limit } = request.query;
      const shelves = await own.shelves(request);
      const found = await articles.list({
        offset,
        limit,
        ...(words === undefined ? {} : { words }),
        ...(language === undefined ? {} : { language }),
        ...(tag === undefined ? {} : { tag }),
        ...(status === undefined ? {} : { status }),
        ...(shelves === undefined ? {} : { shelves }),
      });
      return { articles: found.articles.map(lineJson), of: found.of };
    },
  });

  app.get('/api/console/articles/:language/:id', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'An article of the draft',
      params: articleRef,
      response: { 200: draftArticle, ...problems },
    },
    handler: async (request) => {
      const found = await articles.get(keyOf(request.params));
      await own.insistSeen(request, found?.article);
      if (found === null) throw new HttpProblem(404, 'kb_article_unknown', 'There is no such article.');
      return articleJson(found);
    },
  });

  app.put('/api/console/articles/:language/:id', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'Saves an article in the draft, unless somebody else saved it meanwhile',
      params: articleRef,
      body: articleSave,
      response: { 200: draftArticle, ...problems },
    },
    handler: async (request) => {
      const { article, etag, reason } = request.body;
      const value = { ...article, ...request.params };
      await own.insistOwn(request, (await articles.get(keyOf(value)))?.article, value);
      return articleJson(await articles.save(writerOf(request, reason), value, etag));
    },
  });

  app.post('/api/console/articles/:language/:id/remove', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'Takes an article out of the draft; its history stays',
      params: articleRef,
      body: articleRemove,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { etag, reason } = request.body;
      await own.insistOwn(request, (await articles.get(keyOf(request.params)))?.article);
      await articles.remove(writerOf(request, reason), keyOf(request.params), etag);
      return reply.code(204).send();
    },
  });

  app.get('/api/console/articles/:language/:id/history', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'Who changed an article, when and why, as it was and as it became; newest first',
      params: articleRef,
      response: { 200: auditList, ...problems },
    },
    handler: async (request) => {
      const { params } = request;
      const shelves = await own.shelves(request);
      await own.insistSeen(request, (await articles.get(keyOf(params)))?.article);
      const subject = `article/${keyOf(params)}`;
      const all = await workbench.history(keyOf(params), historyLimit);
      const entries = all.filter(({ before, after }) => onShelves(shelves, brandsIn(before, after)));
      return { entries: entries.map((one) => ({ ...one, subject, at: iso(one.at) })) };
    },
  });

  app.post('/api/console/articles/:language/:id/restore', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'Saves an article as it was after an entry of its history',
      params: articleRef,
      body: articleRestore,
      response: { 200: draftArticle, ...problems },
    },
    handler: async (request) => {
      const { entry, etag, reason } = request.body;
      const key = keyOf(request.params);
      const kept = (await workbench.history(key, historyLimit)).find(({ number }) => number === entry);
      const was = kept === undefined ? undefined : brandsIn(null, kept.after);
      await own.insistOwn(request, (await articles.get(key))?.article, was);
      return articleJson(await workbench.restore(writerOf(request, reason), key, entry, etag));
    },
  });

  app.post('/api/console/articles/preview', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'What the bot says of an article, as each channel shows it',
      body: previewQuery,
      response: { 200: articlePreview, ...problems },
    },
    handler: async ({ body }) => ({ channels: await preview(body) }),
  });

  app.post('/api/console/articles/:language/:id/examples', {
    config,
    schema: {
      tags,
      summary: "What the draft's engine makes of examples of an article, saved or not",
      params: articleRef,
      body: exampleQuery,
      response: { 200: exampleOpinions, ...problems },
    },
    handler: async ({ params, body }) => ({ opinions: await workbench.opinions(params, body.examples) }),
  });

  app.post('/api/console/import', {
    config,
    bodyLimit: importLimitBytes,
    schema: {
      tags,
      summary: 'Puts Markdown and CSV files into the draft: all or nothing',
      body: articleImport,
      response: { 200: articleImported, ...problems },
    },
    handler: async (request) => {
      const { files, replace, reason } = request.body;
      return articles.importTexts(writerOf(request, reason), files, replace);
    },
  });

  app.get('/api/console/export', {
    config,
    schema: {
      tags,
      summary: 'Every article as the text of a Markdown file, which an import reads back',
      querystring: exportQuery,
      response: { 200: articleFiles, ...problems },
    },
    handler: async ({ query }) => ({ files: await articles.exportTexts(query.of) }),
  });

  app.get('/api/console/lint', {
    config,
    schema: {
      tags,
      summary: 'What makes the draft answer badly',
      response: { 200: lintFindings, ...problems },
    },
    handler: async () => ({ findings: await workbench.lint() }),
  });
}

function keyOf({ language, id }: { language: string; id: string }): string {
  return `${language}/${id}`;
}

function lineJson({ article, etag, status }: DraftArticle) {
  const { id, language, title, examples, tags: itsTags } = article;
  return { id, language, title, examples: examples.length, tags: itsTags, status, etag };
}

function articleJson({ article, etag, status }: DraftArticle) {
  return { article: { ...article }, etag, status };
}

/** Whom an article was for before or after a change; for everybody where either was. */
function brandsIn(...articles: readonly Json[]): { brands?: string[] } {
  const brands: string[] = [];
  for (const article of articles) {
    if (article === null) continue;
    const known = typeof article === 'object' && 'brands' in article ? article.brands : undefined;
    if (!Array.isArray(known)) return {};
    brands.push(...known.map(String));
  }
  return brands.length === 0 ? {} : { brands };
}
