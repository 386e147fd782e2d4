/** Letters and digits of a code that nobody mistakes for one another when reading them aloud. */
export const codeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A code as it is told: eight characters after a word that tells it from any other text. */
const code = new RegExp(`^\\W*relevo[\\s-]*([${codeLetters}]{4})[\\s-]*([${codeLetters}]{4})\\W*$`, 'iu');

const asking = [
  /\b(?:codigo|clave)\b.{0,30}\b(?:otro|otra|seguir|continuar|cambiar)\b.{0,30}\b(?:canal|whatsapp|telegram|slack|correo|email|chat)\b/u,
  /\b(?:seguir|seguimos|sigamos|continuar|continuamos|pasar|cambiar)\b.{0,25}\b(?:por|en|a|al|desde)\b.{0,15}\b(?:otro canal|whatsapp|telegram|slack)\b/u,
  /\b(?:continue|go on|carry on|switch|move)\b.{0,25}\b(?:on|to|over|in|from|via)\b.{0,15}\b(?:another channel|whatsapp|telegram|slack)\b/u,
  /\bcode\b.{0,30}\b(?:another|other|switch)\b.{0,10}\bchannel\b/u,
  /\b(?:continuar|seguir|mudar|passar)\b.{0,25}\b(?:por|no|na|em|para)\b.{0,15}\b(?:outro canal|whatsapp|telegram|slack)\b/u,
  /\bcodigo\b.{0,30}\boutro canal\b/u,
];

/** A longer text tells a story, and the words are in it by chance. */
const maxAskingLength = 90;

/** The code in a message that is nothing but a code, as it was made; null in any other. Pure. */
export function codeIn(text: string): string | null {
  const [, first, second] = code.exec(text) ?? [];
  return first === undefined || second === undefined ? null : `${first}${second}`.toUpperCase();
}

/** Whether a customer asks to go on in another channel, in es, en or pt. Pure. */
export function asksJoining(text: string): boolean {
  if (text.length > maxAskingLength) return false;
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return asking.some((pattern) => pattern.test(bare));
}
