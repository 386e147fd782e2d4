import { toString as drawCode } from 'qrcode';

/** Draws a code to scan in the terminal, where somebody looks at one: a log is read by others, much later. */
export async function showInTerminal(qr: string): Promise<void> {
  if (!process.stdout.isTTY) return;
  const code = await drawCode(qr, { type: 'terminal', small: true });
  process.stdout.write(`\nWhatsApp, Settings, Linked devices, Link a device:\n${code}\n`);
}
