import type { Meaning } from '../core/command.ts';
import type { Language } from '../core/language.ts';
import { asksCall } from './asks-call.ts';
import { wordsOf } from './words/fold.ts';
import { lexicon, matchPhrases } from './words/match-phrases.ts';

/** `works` and `fails` say how it is; `yes` and `no` only answer. */
export type Signal = 'works' | 'fails' | 'yes' | 'no' | 'thanks' | 'filler';

/** A message longer than this says more than one thing. */
const longest = 14;

const signals = lexicon<Signal>({
  works: [
    'ya funciona,funciono,funciona,si funciona,si funciono,funciona bien,funciona perfecto,ya me funciona,me funciono,ya anda,anda,anduvo',
    'ya me anda,ya esta,ya quedo,quedo,quedo listo,ya esta listo,se arreglo,ya se arreglo,arreglado,solucionado,solucionada,resuelto',
    'resuelta,ya lo resolvi,lo resolvi,lo solucione,se soluciono,ya se soluciono,se resolvio,ya se resolvio,me sirvio,si me sirvio',
    'sirvio,me ayudo,ayudo,me ayudaste,todo bien,todo ok,todo en orden,todo perfecto,pude,ya pude,lo logre,ya lo logre,problema resuelto',
    'ya no falla,ya no me pasa,ya tengo internet,ya tengo,volvio,ya volvio,ya salio,salio,funcionando,ya esta funcionando,me sirve',
    'ya carga,ya imprime,ya entro,ya pude entrar,esta resuelto,esta solucionado,quedo resuelto,quedo solucionado,era eso,fue eso',
    'it works,works,it works now,works now,working,working now,it s working,it s working now,it is working,it is working now,it worked',
    'that worked,worked,this worked,that works,fixed,it s fixed,it is fixed,solved,it s solved,resolved,it s resolved,that helped',
    'it helped,this helped,helped,that did it,that did the trick,did the trick,all good,all set,we re good,i m good,problem solved,sorted',
    'all sorted,that fixed it,it s back,i m in,back to normal',
    'ja funciona,esta funcionando,ja esta funcionando,funcionou,agora funciona,agora funcionou,deu certo,deu,resolveu,resolvido',
    'esta resolvido,foi resolvido,ja resolveu,ja resolvi,consegui,ja consegui,me ajudou,ajudou,tudo certo,tudo ok,voltou,ja voltou',
    'serviu,me serviu,ta funcionando,problema resolvido,era isso',
  ],
  fails: [
    'sigue igual,sigue sin funcionar,sigue sin andar,sigue fallando,sigue mal,sigue lo mismo,sigue sin servir,sigue el problema,sigo igual',
    'sigo sin poder,sigo con el problema,sigue el mismo problema,sigue,no funciona,no funciono,no me funciona,no me funciono,no anda',
    'no me anda,no anduvo,no sirve,no sirvio,no me sirvio,no me sirve,no ayudo,no me ayudo,no se arreglo,no se soluciono,no se resolvio',
    'no esta resuelto,no esta solucionado,no quedo,no quedo resuelto,todavia no,aun no,todavia no funciona,aun no funciona,ya no funciona',
    'no pude,no puedo,tampoco,tampoco funciona,tampoco funciono,tampoco sirve,tampoco anda,peor,esta peor,esta igual,igual que antes,lo mismo',
    'sin cambios,no cambio nada,no paso nada,no hubo caso,nada que ver,no era eso,no es eso,no es lo que pregunte,no responde mi pregunta',
    'no resuelto,no solucionado,no del todo,sigue fallando igual,no hace nada,ya lo hice,ya lo probe,ya hice eso,ya lo intente',
    'it doesn t work,doesn t work,does not work,it does not work,it didn t work,didn t work,did not work,not working,still not working',
    'it s not working,it s still not working,it still doesn t work,still doesn t work,still broken,still the same,same problem,same issue',
    'no change,no luck,not fixed,not solved,not resolved,not yet,it didn t help,didn t help,did not help,not helpful,that didn t work',
    'that didn t help,that did not work,that did not help,nothing changed,worse,it s worse,it isn t working,isn t working,still nothing',
    'doesnt work,didnt work,didnt help,isnt working,not really,that s not it,not what i asked,i already tried that,already tried that',
    'nao funciona,nao funcionou,nao deu certo,nao deu,nao adiantou,nao ajudou,nao me ajudou,nao resolveu,ainda nao,ainda nao funciona',
    'continua igual,continua sem funcionar,continua do mesmo jeito,continua,mesmo problema,nao consegui,nao consigo,pior,esta pior',
    'continua com problema,nao serviu,nao me serviu,nao mudou nada,tambem nao,nao era isso,nao e isso,ja tentei isso,ja fiz isso',
    'n funcionou,n funciona,n deu certo,n adiantou,👎,❌',
  ],
  yes: [
    'si,sip,sep,see,claro,claro que si,por supuesto,correcto,exacto,exactamente,asi es,afirmativo,obvio,de acuerdo,ok,okay,okey,vale,dale',
    'listo,perfecto,genial,excelente,buenisimo,barbaro,joya,muy bien,bien,super,confirmo,confirmado,si senor,si senora',
    'yes,yep,yeah,yup,ya,sure,of course,correct,right,indeed,absolutely,great,perfect,awesome,excellent,nice,good,very good,yes please',
    'sim,claro que sim,com certeza,isso,isso mesmo,certo,perfeito,otimo,beleza,blz,ta bom,ta certo,confirmado,aham,👍,✅,👌,💯',
  ],
  no: [
    'no,nop,nope,nah,na,para nada,negativo,nunca,nada,ninguna,ninguno,ninguna de esas,none,none of these,nenhuma,nenhum,no senor,nao,not at all,negative,de jeito nenhum,nadinha',
  ],
  thanks: [
    'gracias,muchas gracias,mil gracias,muchisimas gracias,grax,grac,te agradezco,les agradezco,se agradece,muy amable,muy amables,un genio',
    'thanks,thank you,thank you very much,thank you so much,thanks a lot,many thanks,thx,tks,ty,cheers,much appreciated',
    'obrigado,obrigada,muito obrigado,muito obrigada,brigado,brigada,obg,vlw,valeu,agradeco,grato,grata,🙏,❤',
  ],
  filler: [
    'pero,y,ya,ahora,ahora si,por fin,al fin,hola,por favor,porfa,todo,muy,que,eso,esto,con eso,con esto,por todo,por la ayuda,por tu ayuda',
    'por su ayuda,la verdad,creo,creo que,me,a mi,otra vez,de nuevo,aun,todavia,lamentablemente,desgraciadamente,igual,amigo,amiga,adios',
    'hasta luego,chau,buen dia,oh,uy,ay,pues,entonces,asi,ahi,lo,mejor,rapido,esta bien',
    'but,and,now,finally,hi,hello,please,all,it,that,this,so,for everything,for your help,for the help,i think,again,unfortunately,sadly,oh,well',
    'sorry,bye,goodbye,have a nice day,still,really,just,very,much',
    'mas,agora,finalmente,ola,oi,tudo,muito,com isso,por tudo,pela ajuda,acho que,de novo,infelizmente,entao,tchau,mesmo,ainda,😊,🙂,😀,😃,😄,🎉,😞,😢,😡,🙁,☹,😕',
  ],
});

const numbers: Record<Language, readonly string[]> = {
  es: ['uno', 'dos', 'tres', 'cuatro', 'cinco'],
  en: ['one', 'two', 'three', 'four', 'five'],
  pt: ['um', 'dois', 'tres', 'quatro', 'cinco'],
};
const besideStars = new Set(
  `un una unas unos le les te doy pongo doy califico con de sobre estrella estrellas punto puntos nota mi calificacion es seria
  a an i give you it out of star stars points point rating my is would be rate
  um uma dou vou dar estrela estrelas pontos nota minha e gracias muchas thanks thank obrigado obrigada muito por todo
  ok claro pues yes si sim servicio el the service`.split(/\s+/u),
);

/**
 * Reads a reply to "is it solved?" and to "how many stars?".
 * Speaks only when the whole short message means one thing: "gracias pero sigue sin funcionar" is a no,
 * "no, gracias" declines politely and is read as thanks; everything else is null.
 * @param language the conversation's: decides which number words are read first
 */
export function readMeaning(text: string, language: Language): Meaning | null {
  if (asksCall(text)) return { kind: 'call' };
  if (text.length > 200) return null;
  const stars = readStars(text, language);
  if (stars !== null) return { kind: 'rating', stars };
  const signal = readSignal(text);
  switch (signal) {
    case 'works':
    case 'yes':
      return { kind: 'yes' };
    case 'fails':
    case 'no':
      return { kind: 'no' };
    case 'thanks':
      return { kind: 'thanks' };
    case null:
      return null;
  }
}

/**
 * What a whole short message says about a solution; null when it says anything else as well.
 * How it is weighs more than a bare yes or no, and a failure more than a success.
 */
export function readSignal(text: string): Exclude<Signal, 'filler'> | null {
  if (text.length > 200) return null;
  const words = wordsOf(text);
  if (words.length === 0 || words.length > longest) return null;
  const { kinds, unknown } = matchPhrases(words, signals);
  const has = (kind: Signal) => kinds.includes(kind);
  if (unknown.length > 0) {
    // A name behind the thanks: "gracias, Marta".
    const named = kinds.length > 0 && kinds.every((kind) => kind === 'thanks') && words.at(-1) === unknown[0];
    return named && unknown.length === 1 && /\s\p{Lu}\p{L}+[\s!.]*$/u.test(text) ? 'thanks' : null;
  }
  if (has('fails')) return has('works') ? null : 'fails';
  if (has('works')) return 'works';
  if (has('no')) return has('thanks') ? 'thanks' : has('yes') ? null : 'no';
  if (has('yes')) return 'yes';
  return has('thanks') ? 'thanks' : null;
}

function readStars(text: string, language: Language): number | null {
  const drawn = text.match(/[★⭐🌟]/gu)?.length ?? 0;
  const words = wordsOf(text.replace(/[★☆⭐🌟]/gu, ' '));
  if (drawn > 0) return drawn <= 5 && words.every((word) => besideStars.has(word)) ? drawn : null;
  if (/\d[.,]\d|-\s*\d/u.test(text)) return null;
  const outOf = /(?:\/|\bde|\bsobre|\bout of)\s*(?:5|cinco|five)\b/iu;
  const bare = outOf.test(text) ? wordsOf(text.replace(outOf, ' ')) : words;
  const found: number[] = [];
  for (const [at, word] of bare.entries()) {
    const article = (word === 'um' || word === 'one') && bare.length > 1 && at < bare.length - 1;
    const value = /^\d+$/u.test(word) ? Number(word) : numberOf(word, language);
    if (value !== null && !(article && numberOf(bare[at + 1] ?? '', language) !== null)) found.push(value);
    else if (!besideStars.has(word)) return null;
  }
  const stars = found.length === 1 ? found[0] : undefined;
  return stars !== undefined && stars >= 1 && stars <= 5 ? stars : null;
}

function numberOf(word: string, language: Language): number | null {
  for (const list of [numbers[language], numbers.es, numbers.en, numbers.pt]) {
    const at = list.indexOf(word);
    if (at >= 0) return at + 1;
  }
  return null;
}
