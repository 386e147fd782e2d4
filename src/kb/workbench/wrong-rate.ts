import type { KnowledgeBases } from '../bases.ts';
import { changeDraft } from '../draft.ts';
import type { WriteDown, Writer } from './write-down.ts';

/** Sets the largest share of questions that may be answered wrongly, in the draft; the change is written down. */
export async function setWrongRate(
  deps: { readonly bases: Pick<KnowledgeBases, 'draft' | 'saveDraft'>; readonly writeDown: WriteDown },
  writer: Writer,
  wrongRate: number,
): Promise<void> {
  const before = await changeDraft(deps.bases, (content) => ({
    content: { ...content, wrongRate },
    result: content.wrongRate,
  }));
  await deps.writeDown(writer, 'gate.set', 'draft/wrong-rate', before, wrongRate);
}
