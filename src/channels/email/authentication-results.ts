/** What one check of a mail's origin found: `dkim=pass header.d=example.com`. */
interface Finding {
  readonly method: string;
  readonly result: string;
  readonly properties: Readonly<Record<string, string>>;
}

interface Results {
  /** The server that checked. */
  readonly server: string;
  readonly findings: readonly Finding[];
}

/** What stands for the name of a server that gives none, as Microsoft 365 does. */
export const namelessServer = '-';

/**
 * What our own server found out about the From line (RFC 8601). Pure.
 *
 * Anybody can write such a header into a mail. Servers put theirs on top, so only the topmost one counts for a pass; a
 * failure counts in any that stands directly under it and carries the same name.
 * @param headers the values of all `Authentication-Results`, topmost first
 * @param trusted the name of our server; null: none is believed
 * @param domain of the From line, in lower case
 * @returns `none` when our server said nothing
 */
export function verdictOf(
  headers: readonly string[],
  trusted: string | null,
  domain: string,
): 'pass' | 'fail' | 'none' {
  const all = headers.slice(0, 20).map(read);
  const others = all.findIndex(({ server }) => server !== trusted);
  const [top, ...below] = others === -1 ? all : all.slice(0, others);
  if (trusted === null || top === undefined) return 'none';
  if ([top, ...below].some(({ findings }) => findings.some((one) => is(one, 'dmarc', 'fail')))) return 'fail';
  return top.findings.some((one) => vouchesFor(one, domain)) ? 'pass' : 'fail';
}

const is = (finding: Finding, method: string, result: string) =>
  finding.method === method && finding.result === result;

function vouchesFor(finding: Finding, domain: string): boolean {
  const { properties } = finding;
  if (is(finding, 'dmarc', 'pass')) {
    const from = properties['header.from'];
    return from === undefined || covers(from, domain);
  }
  if (is(finding, 'dkim', 'pass')) return covers(properties['header.d'] ?? properties['header.i'], domain);
  if (is(finding, 'spf', 'pass')) return covers(properties['smtp.mailfrom'], domain);
  return false;
}

/** Whether what was proven for one domain holds for another: the same, or one below it. */
function covers(proven: string | undefined, domain: string): boolean {
  const name = proven?.slice(proven.lastIndexOf('@') + 1).toLowerCase() ?? '';
  return name.includes('.') && (name === domain || domain.endsWith(`.${name}`));
}

function read(value: string): Results {
  const [first = '', ...rest] = splitOutside(withoutComments(value.slice(0, 10_000)), ';');
  const named = !first.includes('=');
  const server = named ? (first.trim().split(/\s+/u)[0] ?? '').toLowerCase() : namelessServer;
  return { server, findings: (named ? rest : [first, ...rest]).flatMap(finding) };
}

function finding(text: string): Finding[] {
  const [head = '', ...pairs] = splitOutside(text.trim(), ' ').filter((word) => word !== '');
  const [, method, result] = /^([\w-]+)(?:\/\d+)?=(\w+)$/u.exec(head) ?? [];
  if (method === undefined || result === undefined) return [];
  const properties = Object.fromEntries(
    pairs.flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 1 ? [] : [[pair.slice(0, at).toLowerCase(), pair.slice(at + 1).replace(/^"|"$/gu, '')]];
    }),
  );
  return [{ method: method.toLowerCase(), result: result.toLowerCase(), properties }];
}

/** Comments nest, and parentheses within quotes are none. */
function withoutComments(text: string): string {
  let depth = 0;
  let quoted = false;
  let kept = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') {
      if (depth === 0) kept += text.slice(at, at + 2);
      at++;
    } else if (depth === 0 && character === '"') {
      quoted = !quoted;
      kept += character;
    } else if (!quoted && character === '(') depth++;
    else if (!quoted && character === ')' && depth > 0) depth--;
    else if (depth === 0) kept += /\s/u.test(character) ? ' ' : character;
  }
  return kept;
}

function splitOutside(text: string, separator: string): string[] {
  const parts = [''];
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
