/** How people begin when they write to a customer, and what they ask of them. */
const openings =
  /^(?:hola|buen[oa]s?(?: d[ií]as| tardes| noches)?|estimad[oa]|hi|hello|hey|dear|good (?:morning|afternoon|evening)|ol[áa]|bom dia|boa (?:tarde|noite)|prezad[oa])\b/iu;
const requests =
  /\b(?:por favor|podr[ií]as?|puedes?|prueb[ae]|intent[ae]|reinici[ae]|conf[ií]rm[ae](?:me|nos)?|av[ií]s[ae](?:me|nos)?|please|could you|can you|try to|restart|let (?:me|us) know|poderia|pode|tente|reinicie|confirme|avise)\b/iu;
const addressing =
  /\b(?:usted(?:es)?|su (?:cuenta|equipo|pedido|factura|servicio|caso|router|m[óo]dem)|gracias por|thank you|thanks for|your|you|voc[êe]|seu|sua|obrigad[oa])\b/iu;

/** Colleagues are addressed by a mention, and speak of the customer as of a third person. */
const betweenColleagues =
  /(?:<@|^@)|\b(?:el cliente|la clienta|the customer|client says|o cliente|a cliente|equipo:|fyi|nota:|note:)\b/iu;

/**
 * Whether words typed in a thread read as if they were meant for the customer. A guess, for a private hint: nothing is
 * ever sent because of it. Pure.
 */
export function looksLikeAnswer(text: string): boolean {
  const words = text.trim();
  if (words.length < 12 || betweenColleagues.test(words)) return false;
  const signs = [openings, requests, addressing].filter((sign) => sign.test(words)).length;
  return openings.test(words) ? signs >= 1 && words.length >= 20 : signs >= 2;
}
