import { z } from 'zod';
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
  auditList,
  draftArticle,
  exampleOpinions,
  exampleQuery,
  exportQuery,
  lintFindings,
  previewQuery,
} from '../../schemas/console.ts';
import { problems } from '../../schemas/problem.ts';
import { iso } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { config, tags, writerOf } from './writer.ts';

const historyLimit = 200;
/** Whole knowledge bases are imported at once. */
const importLimitBytes = 10 * 1024 * 1024;

/** The articles of the draft. A save names the article as it was opened: nobody's edit is overwritten. */
export function consoleArticleRoutes(
  app: WebApp,
  { workbench, preview }: { workbench: Workbench; preview: PreviewArticle },
): void {
  const { articles } = workbench;

  app.get('/api/console/articles', {
    config,
    schema: {
      tags,
      summary: 'Articles of the draft, and how each stands to what is published',
      querystring: articleQuery,
      response: { 200: articleList, ...problems },
    },
    handler: async ({ query }) => {
      const { words, language, tag, status, offset, limit } = query;
      const found = await articles.list({
        offset,
        limit,
        ...(words === undefined ? {} : { words }),
        ...(language === undefined ? {} : { language }),
        ...(tag === undefined ? {} : { tag }),
        ...(status === undefined ? {} : { status }),
      });
      return { articles: found.articles.map(lineJson), of: found.of };
    },
  });

  app.get('/api/console/articles/:language/:id', {
    config,
    schema: {
      tags,
      summary: 'An article of the draft',
      params: articleRef,
      response: { 200: draftArticle, ...problems },
    },
    handler: async ({ params }) => {
      const found = await articles.get(keyOf(params));
      if (found === null) throw new HttpProblem(404, 'kb_article_unknown', 'There is no such article.');
      return articleJson(found);
    },
  });

  app.put('/api/console/articles/:language/:id', {
    config,
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
      return articleJson(await articles.save(writerOf(request, reason), value, etag));
    },
  });

  app.post('/api/console/articles/:language/:id/remove', {
    config,
    schema: {
      tags,
      summary: 'Takes an article out of the draft; its history stays',
      params: articleRef,
      body: articleRemove,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { etag, reason } = request.body;
      await articles.remove(writerOf(request, reason), keyOf(request.params), etag);
      return reply.code(204).send();
    },
  });

  app.get('/api/console/articles/:language/:id/history', {
    config,
    schema: {
      tags,
      summary: 'Who changed an article, when and why, as it was and as it became; newest first',
      params: articleRef,
      response: { 200: auditList, ...problems },
    },
    handler: async ({ params }) => {
      const subject = `article/${keyOf(params)}`;
      const entries = await workbench.history(keyOf(params), historyLimit);
      return { entries: entries.map((one) => ({ ...one, subject, at: iso(one.at) })) };
    },
  });

  app.post('/api/console/articles/:language/:id/restore', {
    config,
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
      return articleJson(await workbench.restore(writerOf(request, reason), key, entry, etag));
    },
  });

  app.post('/api/console/articles/preview', {
    config,
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
