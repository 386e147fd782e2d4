import type { Article } from '../core/article.ts';
import { wordsOf } from './words/fold.ts';

/** How an answer is worded. */
export type Wording = 'plain' | 'simple' | 'technical';

const technicalWords = new Set(
  `dns dhcp ping ipconfig ifconfig ip ipv4 ipv6 gateway ssid bios uefi firmware imap smtp pop3 vlan mtu tracert traceroute
  cmd powershell kernel proxy firewall latencia latency latency subred subnet log logs ssh driver drivers controlador
  controladores ghz dbm pppoe nat regedit chkdsk sfc nslookup netsh wan lan tcp udp ssl tls certificado certificate
  terminal consola bsod exchange mx`.split(/\s+/u),
);
const simpleCues =
  /(?:^| )(?:no (?:entiendo|se) (?:nada|mucho)|no entiendo de|palabras simples|facil|sencillo|soy (?:mayor|grande|viejo|vieja)|abuel[oa]|no soy (?:bueno|buena|experto|experta)|paso a paso|simple words|easy|not (?:good|very good) with|not tech savvy|step by step|nao entendo (?:nada|muito)|palavras simples|passo a passo|idos[oa])(?: |$)/u;

/** The wording that the customer's own words call for. */
export function wordingFor(question: string): Wording {
  const words = wordsOf(question.slice(0, 4_000));
  if (words.some((word) => technicalWords.has(word))) return 'technical';
  return simpleCues.test(words.slice(0, 200).join(' ')) ? 'simple' : 'plain';
}

/** An article's answer in a wording; the plain one where it has no other. */
export function answerIn(article: Article, wording: Wording): string {
  switch (wording) {
    case 'simple':
      return article.simple ?? article.answer;
    case 'technical':
      return article.technical ?? article.answer;
    case 'plain':
      return article.answer;
  }
}
