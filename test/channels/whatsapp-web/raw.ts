/** WhatsApp's time, epoch seconds. */
const now = () => Math.floor(Date.now() / 1_000);

/** A message as the page holds it. @param change what is special about this one */
export function rawMessage(
  id: string,
  change: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const remote = String(change.remote ?? '34600111222@c.us');
  const { remote: _remote, fromMe = false, ...rest } = change;
  return {
    id: { fromMe, remote, id, _serialized: `${fromMe}_${remote}_${id}` },
    from: remote,
    to: '34910000001@c.us',
    type: 'chat',
    body: 'hola',
    t: now(),
    notifyName: 'Ana',
    ack: 1,
    self: 'in',
    ...rest,
  };
}
