import type { CaseEvent, CaseMessage } from '../../../case-view.ts';
import { escaped, quoted, shortened, timeOfDay } from '../mrkdwn.ts';
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
  if (message.from === 'event') return `_${eventText(message.event, words)}_ · ${when}`;
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

/** One event that moved a case, in a sentence. Pure. */
export function eventText(event: CaseEvent | undefined, words: Words): string {
  if (event === undefined) return '';
  const known = words.thread.events[event.type] ?? event.type;
  const { agent, reason, tier, stars } = event;
  const details = [
    typeof agent === 'string' ? agent : '',
    event.type === 'escalated' && typeof tier === 'number' ? `→ ${tier}` : '',
    typeof reason === 'string' ? (words.card.reasons[reason] ?? reason) : '',
    typeof stars === 'number' ? '★'.repeat(stars) : '',
  ].filter((detail) => detail !== '');
  // An underscore of somebody's would end the italics; a line break would end the line.
  const said = escaped(details.join(' · ').replace(/\s+/gu, ' ')).replaceAll('_', ' ');
  return said === '' ? known : `${known.replace(/\.$/u, '')}: ${shortened(said, 500)}`;
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
