import { wordsOf } from './words/fold.ts';

const read = 300;

/** Prices, and verbs of trade: they ask for something to be sold, bought, made or mended. */
const trade =
  /(?:^| )(?:cuanto (?:cuesta|cuestan|sale|salen|vale|valen|cobran|me cobran|me sale|costaria|saldria)|que precio|precios?|presupuesto|cotizacion|venden|vende|compran|alquilan|rentan|reparan|arreglan|hacen (?:paginas|webs?|sitios|reparaciones|instalaciones|envios|delivery)|how much (?:is|are|does|do|would|for|to)|prices?|quote|do you (?:sell|buy|rent|repair|fix|install|build|make|offer|do)|can you (?:build|make|sell|install|design) (?:me |us )?|quanto (?:custa|custam|fica|sai|cobram|e|ta)|qual o preco|preco|precos|orcamento|vendem|alugam|consertam|fazem (?:site|sites|paginas|instalacao|entrega))(?: |$)/u;
/** At the beginning, without an owner of the thing, these ask what we do. */
const service =
  /^(?:(?:hola|buenas|oi|ola|hi|hello|ustedes|voces|vcs|y) )*(?:instalan|instala|instalam|hacen|fazem|ofrecen|oferecem|compran|compram|compra|reparan|consertam|conserta|arreglan)(?: |$)/u;

/** What an offer question is about, beside its price: "iphone 16" in "¿cuánto sale un iphone 16?". */
export function offeredThing(text: string): string {
  return wordsOf(text.slice(0, read)).join(' ').replace(trade, ' ').replace(service, ' ');
}

/** Whether a question asks what is sold, bought, made or mended and for how much; in any of the languages. */
export function asksOffer(text: string): boolean {
  const line = wordsOf(text.slice(0, read)).join(' ');
  return trade.test(line) || service.test(line);
}
