import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineArticle } from '../../src/kb/engine/types.ts';
import { readJsonLines } from './json-lines.ts';

/** A question whose answer is known: `label` is the article's id when `kind` is `in`. */
export interface LabelledQuestion {
  readonly q: string;
  readonly label: string | null;
  readonly kind: 'in' | 'oos-near' | 'oos-far';
  /** The same as it is typed on a phone. */
  readonly noisy?: string;
}

/** A base to be measured on. */
export interface Base {
  /** `es-fb`, or `es-fb:5` for the base cut to five examples an article. */
  readonly name: string;
  readonly set: string;
  /** Examples an article at most, `full` for all. */
  readonly size: string;
  readonly language: string;
  readonly articles: readonly EngineArticle[];
  readonly questions: readonly LabelledQuestion[];
}

/** Where a base's files are; the base itself is read when its turn comes. */
export interface BaseFiles extends Pick<Base, 'name' | 'set' | 'size'> {
  readonly articlesFile: string;
  readonly questionsFile: string;
}

const sizes = ['full', '10', '5', '0'];

/**
 * The bases of a folder of public sets.
 * @param wanted names such as `es-fb:5`, `en-*` for all that begin so; none for every base
 * @throws Error when the folder is missing or a name fits no base
 */
export function findBases(folder: string, wanted: readonly string[]): BaseFiles[] {
  if (!existsSync(folder))
    throw new Error(`${folder} is missing: set RELEVO_SHARED to the folder that holds data/`);
  const all = readdirSync(folder)
    .sort()
    .flatMap((set) =>
      sizes.map((size) => ({
        name: size === 'full' ? set : `${set}:${size}`,
        set,
        size,
        articlesFile: join(folder, set, size === 'full' ? 'kb.jsonl' : `kb-${size}.jsonl`),
        questionsFile: join(folder, set, 'dev.jsonl'),
      })),
    )
    .filter(({ articlesFile, questionsFile }) => existsSync(articlesFile) && existsSync(questionsFile));
  const fits = (want: string, name: string): boolean =>
    want.endsWith('*') ? name.startsWith(want.slice(0, -1)) : name === want;
  const stray = wanted.find((want) => !all.some(({ name }) => fits(want, name)));
  if (stray !== undefined)
    throw new Error(`no base is called ${stray}; there are ${all.map(({ name }) => name).join(', ')}`);
  return wanted.length === 0 ? all : all.filter(({ name }) => wanted.some((want) => fits(want, name)));
}

/** Reads a base. */
export function readBase({ name, set, size, articlesFile, questionsFile }: BaseFiles): Base {
  return {
    name,
    set,
    size,
    language: set.slice(0, 2),
    articles: readJsonLines<EngineArticle>(articlesFile),
    questions: readJsonLines<LabelledQuestion>(questionsFile),
  };
}
