import type { Gap } from './gap.ts';
import { failedIn, type GapProposal } from './gap-proposal.ts';
import { redact } from './redact.ts';

const shownWordings = 3;
const mostWording = 120;
const minuteMs = 60_000;

/** A gap for people: its size, how it was put, what happened, what could close it. Personal data is left out. */
export function showGap(gap: Gap, proposal: GapProposal, place: number): string[] {
  const { id, brand, questions, wordings, agentMs } = gap;
  const minutes = Math.round(agentMs / minuteMs);
  return [
    `${place}. ${id}  ${brand === undefined ? '' : `${brand}: `}${questions.length} question(s), ${minutes} agent minute(s)`,
    ...wordings.slice(0, shownWordings).map(({ text, language }) => `   ${language} "${cut(redact(text))}"`),
    `   ${whatHappened(gap)}`,
    ...showProposal(id, proposal).map((line, i) => `   ${i === 0 ? '→ ' : '  '}${line}`),
    '',
  ];
}

function whatHappened(gap: Gap): string {
  const count = (happened: string) => gap.questions.filter((one) => one.happened === happened).length;
  const failed = [...failedIn(gap)].map(([article, times]) => `${article} ${times}×`).join(', ');
  const parts: [number, string][] = [
    [count('unanswered'), 'not answered'],
    [count('disliked'), 'disliked'],
    [count('second'), 'helped only by a later answer'],
    [count('person'), 'ended with a person'],
    [count('asked'), 'answered by colleagues'],
    [gap.questions.filter(({ solved }) => solved).length, 'solved by agents'],
    [gap.questions.filter(({ proposed }) => proposed).length, 'proposed'],
  ];
  const told = parts.filter(([times]) => times > 0).map(([times, words]) => `${times} ${words}`);
  return `${told.join(', ')}${failed === '' ? '' : `; did not help: ${failed}`}`;
}

function showProposal(id: string, proposal: GapProposal): string[] {
  const accept = `relevo kb gaps accept ${id}`;
  switch (proposal.kind) {
    case 'publish':
      return [`the draft already answers it with ${proposal.article}: relevo kb publish`];
    case 'example':
      return [
        proposal.by === 'agent'
          ? `agents did what ${proposal.article} says: teach it these words`
          : `${proposal.article} seems to be meant: teach it these words`,
        `${accept} --example-for ${proposal.article}`,
      ];
    case 'article':
      return ['no article has what the agents answered: draft one from it', `${accept} --new <id>`];
    case 'improve':
      return [
        `${proposal.article} is the nearest and did not help: rewrite it and import it`,
        `or, if something else is meant: write an article and import it, or ${accept} --example-for <article>`,
      ];
    case 'write':
      return [
        'nobody has answered it yet: write an article and import it',
        `or: ${accept} --example-for <article>, or relevo kb gaps dismiss ${id} --reason "…"`,
      ];
  }
}

function cut(text: string): string {
  return text.length <= mostWording ? text : `${text.slice(0, mostWording - 1)}…`;
}
