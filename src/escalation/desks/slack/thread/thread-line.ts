import type { CaseEvent, CaseMessage } from '../../../case-view.ts';
import { countdown, escaped, quoted, shortened, timeOfDay } from '../mrkdwn.ts';
import type { Words } from '../words/words.ts';

/** How a line of a story is shown. */
export interface LineLook {
  readonly words: Words;
  /** The customer's name; null: unknown. */
  readonly customerName: string | null;
  /** At most this many characters of each message. */
  readonly maxText: number;
}

/** One line of a case's story as mrkdwn: who, when, their words quoted, and what became of it. Pure. */
export function threadLine(message: CaseMessage, look: LineLook): string {
  const { words } = look;
  const when = timeOfDay(message.at);
  if (message.from === 'event') {
    const said = eventWords(message.event, words);
    const head = `_${eventText(message.event, words)}_ · ${when}`;
    return said === '' ? head : `${head}\n${quoted(shortened(said, look.maxText))}`;
  }
  const marks = [
    ...(message.unverified ? [words.thread.unverified] : []),
    ...(message.bystander ? [words.thread.inCopy] : []),
    ...(message.deleted ? [words.thread.deleted] : []),
    ...(message.reaction === undefined
      ? []
      : [`${words.thread.reacted} ${escaped(shortened(message.reaction, 40))}`]),
    ...wayOf(message, words),
  ];
  const head = [`*${authorOf(message, look)}*`, when, ...marks].join(' · ');
  return [head, ...bodyOf(message, look)].join('\n');
}

/** What happens so often, or says so little to people, that it has no line in a thread. */
const untold: ReadonlySet<string> = new Set([
  'wait-told',
  'call-waiting',
  'call-entered',
  'call-left',
  'call-counted',
]);

/** Whether a line of a story is told in a thread. Pure. */
export function isTold({ from, event }: CaseMessage): boolean {
  return from !== 'event' || event === undefined || !untold.has(event.type);
}

/** One event that moved a case, in a sentence. Pure. */
export function eventText(event: CaseEvent | undefined, words: Words): string {
  if (event === undefined) return '';
  const known = words.thread.events[event.type] ?? event.type;
  const { agent, reason, tier, stars, plan, reference, outcome } = event;
  const details = [
    typeof agent === 'string' ? agent : '',
    (event.type === 'escalated' || event.type === 'question-asked') && typeof tier === 'number'
      ? `→ ${tier}`
      : '',
    typeof reason === 'string' ? (words.card.reasons[reason] ?? reason) : '',
    typeof stars === 'number' ? '★'.repeat(stars) : '',
    typeof plan === 'string' ? plan : '',
    typeof reference === 'string' ? reference : '',
    typeof outcome === 'string' ? (words.call.outcomes[outcome] ?? outcome) : '',
  ].filter((detail) => detail !== '');
  // An underscore of somebody's would end the italics; a line break would end the line.
  const said = escaped(details.join(' · ').replace(/\s+/gu, ' ')).replaceAll('_', ' ');
  const at = [event.startsAt, event.remindAt].find((moment) => typeof moment === 'number');
  const when = typeof at === 'number' ? ` · ${countdown(at)}` : '';
  return `${said === '' ? known : `${known.replace(/\.$/u, '')}: ${shortened(said, 500)}`}${when}`;
}

/** What somebody wrote in an event, to be quoted under it; empty where nobody wrote anything. Pure. */
function eventWords(event: CaseEvent | undefined, { modal }: Words): string {
  switch (event?.type) {
    case 'question-asked':
      return String(event.text ?? '');
    case 'question-answered':
    case 'vendor-answered':
      return String(event.answer ?? '');
    case 'callback-wished':
      return String(event.words ?? '');
    case 'call-ended':
      return String(event.why ?? '');
    case 'assessed':
      return [
        `${modal.solvable} ${event.solvable === true ? modal.yes : modal.no}`,
        `${modal.missing}: ${String(event.missing ?? '')}`,
        `${modal.howLong}: ${String(event.howLong ?? '')}`,
        `${modal.best}: ${String(event.best ?? '')}`,
      ].join('\n');
    default:
      return '';
  }
}

function authorOf({ from, author, bystander }: CaseMessage, { words, customerName }: LineLook): string {
  const name = (given: string | null | undefined, otherwise: string) =>
    given ? escaped(shortened(given.replace(/[\s*]+/gu, ' '), 60)) : otherwise;
  switch (from) {
    case 'customer':
      return bystander ? name(author, words.thread.customer) : name(customerName, words.thread.customer);
    case 'bot':
      return words.thread.bot;
    case 'system':
      return words.thread.system;
    case 'note':
      return `${words.thread.note} · ${name(author, '')}`;
    default:
      return name(author, '');
  }
}

function wayOf({ from, effect, error }: CaseMessage, { thread }: Words): string[] {
  if (effect === 'failed') {
    return [`:warning: ${thread.failed}${error === undefined ? '' : ` (${escaped(shortened(error, 200))})`}`];
  }
  return from === 'agent' && effect === 'done' ? [thread.sent] : [];
}

function bodyOf(message: CaseMessage, { words, maxText }: LineLook): string[] {
  const { text, before = [], deleted, file, location, options = [] } = message;
  const lines: string[] = [];
  if (text !== '') lines.push(quoted(shortened(text, maxText)));
  if (file !== undefined) {
    const name = escaped(shortened((file.name ?? file.kind).replace(/\s+/gu, ' '), 100));
    const state = { remote: words.thread.fileComing, failed: words.thread.fileLost, kept: '' }[file.state];
    lines.push(`>:paperclip: ${name}${state === '' ? '' : ` (${state})`}`);
  }
  if (location !== undefined)
    lines.push(`>${words.thread.location}: ${location.latitude}, ${location.longitude}`);
  if (options.length > 0) {
    lines.push(
      quoted(options.map(({ label }) => `[${shortened(label.replace(/\s+/gu, ' '), 60)}]`).join(' ')),
    );
  }
  const older = deleted ? undefined : before.at(-1);
  if (older !== undefined) lines.push(`_${words.thread.changed}:_`, quoted(shortened(older, maxText)));
  return lines;
}
