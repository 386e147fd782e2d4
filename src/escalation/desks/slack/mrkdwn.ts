/** A text with Slack's three control characters made harmless: no `<!channel>` survives it. Pure. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How long a quoted line may be: escaped it still fits into a section. */
const maxQuotedLine = 590;

/** Somebody's words as a quotation: no line of theirs can look like one of ours. Pure. */
export function quoted(text: string): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/u).flatMap(pieces);
  return lines.map((line) => `>${escaped(line)}`).join('\n');
}

function pieces(line: string): string[] {
  const points = Array.from(line);
  const starts = Array.from({ length: Math.max(1, Math.ceil(points.length / maxQuotedLine)) }, (_, n) => n);
  return starts.map((n) => points.slice(n * maxQuotedLine, (n + 1) * maxQuotedLine).join(''));
}

/** A moment in the reader's own time zone, counting down. @param at epoch milliseconds. Pure. */
export function countdown(at: number): string {
  return dateMark(at, '{date_short_pretty} {time} ({ago})');
}

/** A time of the day in the reader's own time zone. @param at epoch milliseconds. Pure. */
export function timeOfDay(at: number): string {
  return dateMark(at, '{time}');
}

function dateMark(at: number, format: string): string {
  const otherwise = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${Math.floor(at / 1_000)}^${format}|${otherwise} UTC>`;
}

/** At most this many characters, with a sign that there was more. Pure. */
export function shortened(text: string, max: number): string {
  const points = Array.from(text);
  return points.length > max ? `${points.slice(0, max - 1).join('')}…` : text;
}

/** A text object of Slack's that links and mentions nothing by itself. Pure. */
export function marked(text: string) {
  return { type: 'mrkdwn', text, verbatim: true } as const;
}

/** A text object of Slack's that is shown as it stands. Pure. */
export function plain(text: string) {
  return { type: 'plain_text', text, emoji: false } as const;
}

/** The longest text that a section of Slack's takes. */
const maxSection = 3_000;
/** Fewer than a message takes, so that there is room for more. */
const maxSections = 40;

/** A paragraph, cut after the last line that fits. Pure. */
export function section(text: string) {
  const [first = ''] = grouped(text);
  return { type: 'section', text: marked(first) } as const;
}

/** A text of any length as paragraphs, cut between lines. Pure. */
export function sections(text: string) {
  const groups = grouped(text);
  const shown = groups.length > maxSections ? [...groups.slice(0, maxSections - 1), '…'] : groups;
  return shown.map((one) => ({ type: 'section', text: marked(one) }) as const);
}

/** Lines together as far as a section takes them; each line must fit by itself. */
function grouped(text: string): string[] {
  const groups: string[] = [];
  let group: string | null = null;
  for (const line of text.split('\n')) {
    const longer: string = group === null ? line : `${group}\n${line}`;
    if (group !== null && longer.length > maxSection) {
      groups.push(group);
      group = line;
    } else group = longer;
  }
  return [...groups, group ?? ''].filter((one) => one.trim() !== '');
}

/** A small grey line. Pure. */
export function context(text: string) {
  return { type: 'context', elements: [marked(text)] } as const;
}
