import { Hash, Mail, MessageCircle, MessageSquare, Send } from 'lucide-react';
import { useSay } from '../parts/catalogue.tsx';

const icons = [
  ['webchat', MessageSquare],
  ['telegram', Send],
  ['whatsapp', MessageCircle],
  ['slack', Hash],
  ['email', Mail],
] as const;

/** What a channel is called; `whatsapp-web` and `whatsapp-cloud` are both WhatsApp to an agent. */
export function useChannelName(): (channel: string) => string {
  const say = useSay();
  return (channel) => {
    const known = icons.find(([name]) => channel.startsWith(name));
    return known === undefined ? channel : say(`channel.${known[0]}`);
  };
}

/** A channel's sign, named for a screen reader. */
export function ChannelIcon({ channel }: { readonly channel: string }) {
  const name = useChannelName()(channel);
  const Icon = icons.find(([each]) => channel.startsWith(each))?.[1] ?? MessageSquare;
  return (
    <span title={name}>
      <Icon size={14} aria-hidden="true" />
      <span className="sr-only">{name}</span>
    </span>
  );
}
