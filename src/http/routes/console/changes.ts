import type { Workbench } from '../../../kb/workbench/workbench.ts';
import { HttpProblem } from '../../problem.ts';
import { draftProof } from '../../schemas/console-proof.ts';
import { draftChanges, versionHeld, versionRef } from '../../schemas/console-publish.ts';
import { problems } from '../../schemas/problem.ts';
import type { WebApp } from '../../web-app.ts';
import { proofJson } from './proof-json.ts';
import { config, tags } from './writer.ts';

/** What publishing would change, what proves it, and what a version holds. */
export function consoleChangeRoutes(app: WebApp, { workbench }: { workbench: Workbench }): void {
  app.get('/api/console/changes', {
    config,
    schema: {
      tags,
      summary: 'What the draft holds otherwise than what is published',
      response: { 200: draftChanges, ...problems },
    },
    handler: async () => workbench.changes(),
  });

  app.get('/api/console/proof', {
    config,
    schema: {
      tags,
      summary: 'What the golden questions say of the draft',
      response: { 200: draftProof, ...problems },
    },
    handler: async () => ({ proof: proofJson(await workbench.proof()) }),
  });

  app.get('/api/console/versions/:version', {
    config,
    schema: {
      tags,
      summary: 'What a version holds, and otherwise than the one before it',
      params: versionRef,
      response: { 200: versionHeld, ...problems },
    },
    handler: async ({ params }) => {
      const found = await workbench.versionHeld(params.version);
      if (found === null) throw new HttpProblem(404, 'kb_version_unknown', 'There is no such version.');
      const { articles, golden, synonyms, phrases, rehearsals, mustRehearse, wrongRate } = found.held;
      const held = {
        articles: articles.length,
        golden: golden.length,
        synonyms: synonyms.length,
        phrases: Object.values(phrases).flatMap((said) => Object.keys(said)).length,
        rehearsals: rehearsals.length,
        mustRehearse,
        wrongRate,
      };
      return { held, changes: found.changes };
    },
  });
}
