import { isDeepStrictEqual } from 'node:util';
import type { BaseContent } from '../../core/article.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Commit } from '../../core/event.ts';
import type { Rehearsal } from '../../core/rehearsal.ts';
import type { KnowledgeBases } from '../bases.ts';
import { changeDraft } from '../draft.ts';
import { shelfOf } from '../shelves.ts';
import type { WorkEngine } from '../workbench/engines.ts';
import { fixedKnowledge } from '../workbench/trial.ts';
import type { WriteDown, Writer } from '../workbench/write-down.ts';
import { rehearsalOf } from './from-case.ts';
import { type OpenStage, type Played, play } from './play.ts';
import { formatRehearsal, parseRehearsal } from './rehearsal-file.ts';

/** Scripted customers of the draft. */
export interface RehearsalWork {
  list(): Promise<{ readonly rehearsals: readonly Rehearsal[]; readonly mustRehearse: boolean }>;
  /**
   * Puts a rehearsal into the draft, in place of the one of its name.
   * @param yaml as `parseRehearsal` reads it
   * @param seen the text of the one it replaces as it was opened, null: there was none; undefined: whatever it was
   * @throws RelevoError `kb_rehearsal_faults`; `kb_rehearsal_changed`: nothing is overwritten
   */
  put(writer: Writer, yaml: string, seen?: string | null): Promise<Rehearsal>;
  /** @throws RelevoError `kb_rehearsal_unknown` */
  remove(writer: Writer, name: string): Promise<void>;
  /** Whether nothing is to be published in which a rehearsal breaks. */
  require(writer: Writer, required: boolean): Promise<void>;
  /** Plays one, or all (null), to the draft. @throws RelevoError `kb_rehearsal_unknown` */
  play(name: string | null): Promise<readonly Played[]>;
  /** As `put` reads it back. */
  textOf(rehearsal: Rehearsal): string;
  /** A past conversation as a rehearsal, which is not kept yet. @throws RelevoError `kb_case_unfit` */
  fromCase(conversation: string, name: string): Promise<Rehearsal>;
}

/** What rehearsals are made of. */
export interface RehearsalDeps {
  readonly bases: KnowledgeBases;
  readonly engineOf: (content: BaseContent) => Promise<Pick<WorkEngine, 'of'>>;
  readonly openStage: OpenStage;
  /** By which name articles say that they are for a company. */
  readonly knowledgeOf: (brand: string | null) => string | null;
  readonly commitsOf: (conversation: string) => Promise<readonly Commit[]>;
  readonly writeDown: WriteDown;
}

/** Plays rehearsals of a base to its own articles and phrases. */
export async function rehearse(
  content: BaseContent,
  rehearsals: readonly Rehearsal[],
  { engineOf, openStage, knowledgeOf }: Pick<RehearsalDeps, 'engineOf' | 'openStage' | 'knowledgeOf'>,
): Promise<Played[]> {
  if (rehearsals.length === 0) return [];
  const engine = await engineOf(content);
  const played: Played[] = [];
  for (const rehearsal of rehearsals) {
    const { language, brand = null } = rehearsal;
    const name = knowledgeOf(brand);
    const knowledge = fixedKnowledge(engine.of(name), shelfOf(content, name), 0);
    played.push(await play(rehearsal, await openStage(knowledge, content.phrases, { language, brand })));
  }
  return played;
}

/** Works on the draft's rehearsals; every change is written down. */
export function createRehearsalWork(deps: RehearsalDeps): RehearsalWork {
  const { bases, writeDown } = deps;
  const textOf = (one: Rehearsal | null) => (one === null ? null : formatRehearsal(one));

  return {
    textOf: formatRehearsal,
    async list() {
      const { rehearsals, mustRehearse } = await bases.draft();
      return { rehearsals, mustRehearse };
    },
    async put(writer, yaml, seen) {
      const rehearsal = parseRehearsal(yaml);
      const before = await changeDraft(bases, (content) => {
        const known = content.rehearsals.find(({ name }) => name === rehearsal.name) ?? null;
        if (seen !== undefined && seen !== textOf(known))
          throw new RelevoError('kb_rehearsal_changed', 'somebody else changed the rehearsal meanwhile', {
            hint: 'Open it again and look at what was changed; nothing was overwritten.',
          });
        const others = content.rehearsals.filter((one) => one !== known);
        const rehearsals = [...others, rehearsal].sort((a, b) => (a.name < b.name ? -1 : 1));
        return { content: { ...content, rehearsals }, result: known };
      });
      if (!isDeepStrictEqual(before, rehearsal))
        await writeDown(
          writer,
          'rehearsal.set',
          `rehearsal/${rehearsal.name}`,
          textOf(before),
          textOf(rehearsal),
        );
      return rehearsal;
    },
    async remove(writer, name) {
      const before = await changeDraft(bases, (content) => {
        const known = content.rehearsals.find((one) => one.name === name);
        if (known === undefined) throw unknown(name);
        const rehearsals = content.rehearsals.filter((one) => one !== known);
        return { content: { ...content, rehearsals }, result: known };
      });
      await writeDown(writer, 'rehearsal.remove', `rehearsal/${name}`, textOf(before), null);
    },
    async require(writer, mustRehearse) {
      const before = await changeDraft(bases, (content) => ({
        content: { ...content, mustRehearse },
        result: content.mustRehearse,
      }));
      if (before !== mustRehearse)
        await writeDown(writer, 'rehearsals.require', 'draft/must-rehearse', before, mustRehearse);
    },
    async play(name) {
      const { revision: _, ...draft } = await bases.draft();
      const wanted = draft.rehearsals.filter((one) => name === null || one.name === name);
      if (name !== null && wanted.length === 0) throw unknown(name);
      return rehearse(draft, wanted, deps);
    },
    async fromCase(conversation, name) {
      const made = rehearsalOf(name, await deps.commitsOf(conversation));
      if (made === null)
        throw new RelevoError('kb_case_unfit', `the conversation ${conversation} has no turn of the bot`, {
          hint: 'Choose one in which a customer wrote to the bot.',
        });
      return made;
    },
  };
}

function unknown(name: string): RelevoError {
  return new RelevoError('kb_rehearsal_unknown', `the draft has no rehearsal "${name}"`);
}
