/** Where an unsent text lies: replies and notes apart, so that one never becomes the other. */
export function draftKey(caseId: string, kind: 'reply' | 'note'): string {
  return `relevo.draft.desk.${caseId}.${kind}`;
}
