import { z } from 'zod';
import { languages } from '../../core/language.ts';
import { words } from './text.ts';

/** Items that nobody changes. */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

/** A language that customers are answered in. */
export const language = z.enum(languages);

/** From 0, none, to 1, all. */
export const share = z.number().min(0).max(1);

/** Why something is changed, where that need not be said. */
export const reason = z.string().max(1_000).default('').describe('Why, for the audit log.');

/** Why something is changed, where that must be said. */
export const why = words(1_000).describe('Why, for the audit log.');

/** What the gate made of a question. */
export const decision = z.enum(['answer', 'clarify', 'handoff']);

/** Which state of an article was seen. */
export const etag = z.string().regex(/^[\da-f]{20}$/u, 'must be the etag that the article was opened with');
