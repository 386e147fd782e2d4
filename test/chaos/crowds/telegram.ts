import { startFakeTelegram } from '../../channels/telegram/fake-telegram.ts';
import { type Crowd, counting } from './crowd.ts';

/** Customers on Telegram: it cannot be asked what became of a send, and brings what was not acknowledged again. */
export async function openTelegram(): Promise<Crowd> {
  const fake = await startFakeTelegram();
  const names = new Map<number, string>();
  const nameOf = ({ chat }: { readonly chat: number }) => names.get(chat) ?? `chat ${chat}`;
  const meet = (customer: string) => names.set(fake.chatOf(customer), customer);
  return {
    channel: 'telegram',
    askable: false,
    names: true,
    variables: {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
      TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-this-run_0123456789',
    },
    connect: () => undefined,
    writes(customer, text) {
      meet(customer);
      return fake.customerWrites(customer, text);
    },
    garbles(customer) {
      meet(customer);
      return fake.push({ message: { chat: { id: fake.chatOf(customer), type: 'private' }, date: 'ayer' } });
    },
    blocks(customer) {
      meet(customer);
      fake.blocks(customer);
    },
    heard: counting(fake.log, nameOf),
    taken: async () =>
      fake.log.map((entry) => ({
        customer: nameOf(entry),
        id: String(entry.messageId),
        text: entry.text,
        at: entry.at,
      })),
    stop: () => fake.stop(),
  };
}
