import { readSignal } from './meaning.ts';
import { readSmallTalk } from './small-talk.ts';
import { wordsOf } from './words/fold.ts';

/** What a reply to an answer means; `thanked` and `later` leave open whether it helped. */
export type Feedback = 'helped' | 'not-helped' | 'simpler' | 'more-technical' | 'thanked' | 'later';

const simpler =
  /(?:^| )(?:no (?:te |lo |le )?(?:entiendo|entendi)|no se (?:como|de que)|mas (?:facil|simple|sencillo|claro|despacio)|en simple|explica(?:me|melo)?(?: (?:mejor|facil))?|otra forma|no comprendo|don t understand|do not understand|didn t understand|easier|simpler|in simple|too (?:technical|complicated|hard)|muy (?:tecnico|complicado|dificil)|nao (?:entendi|entendo|compreendo)|mais (?:facil|simples|claro)|muito (?:tecnico|complicado|dificil)|explica (?:melhor|de novo))(?: |$)/u;
const moreTechnical =
  /(?:^| )(?:mas (?:detalle|detalles|tecnico|tecnica|avanzado)|version tecnica|more (?:detail|details|technical|advanced)|technical version|mais (?:detalhes?|tecnico|avancado)|versao tecnica)(?: |$)/u;

/** What only somebody says who has done as they were told, in vain. */
const inVain =
  /(?:^| )(?:ya (?:lo |la |los |las )?(?:hice|probe|intente|reinicie|segui|revise|trate)|ya (?:he|habia) (?:hecho|probado|intentado)|hice todo|probe todo|nada (?:de eso )?(?:funciona|funciono|sirve|sirvio)|(?:i )?(?:ve |have )?already (?:did|done|tried|restarted)|i (?:did|tried) (?:all|everything|that|this)|tried (?:all|everything)|nothing (?:works|worked|helps|helped)|ja (?:fiz|tentei|reiniciei|testei)|fiz tudo|tentei tudo|nada (?:disso )?(?:funciona|funcionou|adiantou|resolveu))(?: |$)/u;

/** Reads a short reply to an answer; null when it is about something else. */
export function readFeedback(text: string): Feedback | null {
  const words = wordsOf(text.slice(0, 300));
  if (words.length === 0 || words.length > 14 || text.length > 300) return null;
  const signal = readSignal(text);
  if (signal === 'works') return 'helped';
  if (signal === 'fails' || signal === 'no') return 'not-helped';
  if (signal === 'thanks') return 'thanked';
  const line = words.join(' ');
  if (words.length <= 9 && simpler.test(line)) return 'simpler';
  if (words.length <= 7 && moreTechnical.test(line)) return 'more-technical';
  if (inVain.test(line)) return 'not-helped';
  if (readSmallTalk(text) === 'acknowledged' && !/^(?:👍|✅|👌)/u.test(text.trim())) return 'later';
  return signal === 'yes' ? 'helped' : null;
}
