import type { Logbook } from '../../../../core/logbook.ts';
import type { CaseDetail } from '../../../case-view.ts';
import { context, countdown, escaped, section, sections, shortened } from '../mrkdwn.ts';
import { threadLine } from '../thread/thread-line.ts';
import type { Words } from '../words/words.ts';

const shownMessages = 4;
const maxPart = 400;
/** Characters that surely stand whole in a card's heading. */
const maxHeading = 120;
/** Agents named whom a case is for first: of more it is no news. */
const maxFirst = 3;

/** Who the customer is and what is special about the case, in a line. Pure. @param channel its name for people */
export function factsLine(detail: CaseDetail, channel: string, { card }: Words): object {
  const { customerName, language, alarms, reopenings, brief, brand, plan, offeredTo } = detail;
  const first = offeredTo.map(({ name }) => escaped(flat(name)));
  const facts = [
    ...(alarms === 0 ? [] : [`:warning: ${card.alarms(alarms)}`]),
    ...(reopenings === 0 ? [] : [`:leftwards_arrow_with_hook: ${card.reopened(reopenings)}`]),
    ...(brand === null ? [] : [`*${escaped(flat(brand.title))}*`]),
    customerName === null ? card.unnamed : escaped(shortened(flat(customerName), 80)),
    escaped(channel),
    card.languages[language],
    ...(plan === null ? [] : [escaped(card.plan(flat(plan.title)))]),
    ...(brief.reason === null ? [] : [escaped(card.reasons[brief.reason] ?? brief.reason)]),
    ...(first.length === 0 || first.length > maxFirst ? [] : [card.offeredTo(first.join(', '))]),
  ];
  return context(facts.join(' · '));
}

/** What whoever takes the case must know: what is wrong, what was tried, and what those before them found. Pure. */
export function briefBlocks(detail: CaseDetail, words: Words): object[] {
  const { card, modal } = words;
  const { brief, callback, assessment, logbook, stage, assessFirst, questions, call } = detail;
  const problem = flat(brief.intake?.problem ?? brief.question ?? '');
  // What the heading says already is not said again.
  const isHeading = problem === flat(detail.subject ?? '') && problem.length <= maxHeading;
  const answered = brief.answered.slice(-3).map(({ title, liked }) => {
    const verdict = liked === null ? '' : ` (${liked ? card.liked : card.disliked})`;
    return `• ${escaped(shortened(flat(title), 120))}${verdict}`;
  });
  const part = (name: string, text: string, max = maxPart) =>
    text.trim() === '' ? [] : [`*${name}:* ${escaped(shortened(flat(text), max))}`];
  const written = stage === 'solved' || stage === 'closed' ? null : logbook;
  const parts = [
    ...(call === null
      ? []
      : [
          `:video_camera: *${words.call.phases[call.phase] ?? call.phase}*${call.startsAt === null ? '' : ` · ${countdown(call.startsAt)}`}`,
        ]),
    ...(callback === null ? [] : part(`:telephone_receiver: ${card.callback}`, callback.words, 200)),
    ...part(card.problem, isHeading ? '' : problem, 500),
    ...part(card.tried, brief.intake?.tried ?? '', 300),
    ...(answered.length === 0 ? [] : [`*${card.botShowed}:*`, ...answered]),
    ...(written === null ? [] : [`*${card.logbook}*`, ...logbookLines(written, words, maxPart)]),
    ...(assessment === null
      ? []
      : [
          `*${card.assessment} (${escaped(flat(assessment.agent.name))}):* ${modal.solvable} ${assessment.solvable ? modal.yes : modal.no}`,
          ...part(modal.missing, assessment.missing, 200),
          ...part(modal.howLong, assessment.howLong, 100),
          ...part(modal.best, assessment.best, 200),
        ]),
    ...questions.flatMap(({ tierName, text }) =>
      part(`:question: ${card.openQuestion(escaped(tierName))}`, text, 200),
    ),
    ...(assessFirst ? [`:memo: _${card.assessFirst}_`] : []),
  ];
  return sections(parts.join('\n'));
}

/** A logbook's four parts as lines; those that are empty are left out. Pure. @param maxLength of each part */
export function logbookLines(logbook: Logbook, { modal }: Words, maxLength: number): string[] {
  return (['understanding', 'plan', 'execution', 'results'] as const).flatMap((name) =>
    logbook[name].trim() === ''
      ? []
      : [`*${modal.parts[name]}:* ${escaped(shortened(flat(logbook[name]), maxLength))}`],
  );
}

/** What was said last. Pure. */
export function lastMessages({ messages, customerName, stage }: CaseDetail, words: Words): object[] {
  if (stage === 'closed') return [];
  const said = messages.filter(({ from }) => from === 'customer' || from === 'agent' || from === 'bot');
  const lines = said
    .slice(-shownMessages)
    .map((message) => threadLine(message, { words, customerName, maxText: 280 }));
  return lines.length === 0 ? [] : [section([`*${words.card.lastMessages}*`, ...lines].join('\n'))];
}

/** Somebody's words on one line, with nothing that marks up. Pure. */
export function flat(text: string): string {
  return text.replace(/[\s*`~]+/gu, ' ').trim();
}
