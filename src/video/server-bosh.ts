/** How a Jitsi server answered somebody who came to log in. */
export type LogIn =
  | 'let-in'
  | 'refused'
  /** It speaks no BOSH here, or not as Jitsi does. */
  | 'unclear';

const stanza = (attributes: string, inner = ''): string =>
  `<body xmlns='http://jabber.org/protocol/httpbind' ${attributes}>${inner}</body>`;

const anonymous = `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>`;

/**
 * Comes to a Jitsi server as a browser does and tries to log in, with a token or without; joins no room and leaves again.
 * @param post sends a text to `/http-bind` with these parameters, and gives the answer's; null: there is no such address
 * @param domain the server's XMPP domain
 */
export async function tryToLogIn(
  post: (query: URLSearchParams, body: string) => Promise<string | null>,
  domain: string,
  token: string | null,
): Promise<LogIn> {
  const query = new URLSearchParams({ room: '0'.repeat(32), ...(token === null ? {} : { token }) });
  const first = `rid='1000' to='${domain}' ver='1.6' wait='5' hold='1' xml:lang='en' xmpp:version='1.0' xmlns:xmpp='urn:xmpp:xbosh'`;
  const greeting = (await post(query, stanza(first))) ?? '';
  const sid = /\ssid=["']([\w:-]{1,200})["']/u.exec(greeting)?.[1];
  if (sid === undefined) return /not-allowed|not-authorized/u.test(greeting) ? 'refused' : 'unclear';
  if (!greeting.includes('<mechanism>ANONYMOUS<')) {
    await post(query, stanza(`rid='1001' sid='${sid}' type='terminate'`));
    return greeting.includes('<mechanism>') ? 'refused' : 'unclear';
  }
  const answer = (await post(query, stanza(`rid='1001' sid='${sid}'`, anonymous))) ?? '';
  await post(query, stanza(`rid='1002' sid='${sid}' type='terminate'`));
  if (answer.includes('<success')) return 'let-in';
  return answer.includes('<failure') ? 'refused' : 'unclear';
}
