import type { Language } from '../../core/language.ts';

/** The most frequent function words, folded: they tell languages apart and carry little meaning themselves. */
const table: Record<Language, string> = {
  es: `de la que el en y a los del se las por un para con no una su al lo como mas pero sus le ya o este si porque esta
    entre cuando muy sin sobre tambien me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso
    ante ellos e esto mi antes algunos unos yo otro otras otra tanto esa estos mucho quienes nada muchos cual poco ella estar
    estas algunas algo nosotros mis tu te ti tus ellas es soy eres somos son sea esten estoy esta estas estamos estan fue
    era ser he has ha hemos han haber habia tengo tiene tienes tener hace hacer hago puedo puede puedes poder pueden podria
    quiero quieres quiere querer quisiera va voy vas ir cuanto cuanta cuantos cuantas cuales usted ustedes vos aqui ahi asi
    ahora favor hola gracias dime di saber sabes necesito aun cada mismo misma gustaria`,
  en: `the of and a to in is you that it he was for on are as with his they i at be this have from or one had by but not
    what all were we when your can said there use an each which she do how their if will up other about out many then them
    these so some her would make like him into has more no could my than been who its now did am me our us does being
    the were while where why whom because just any only very too also both own same such those between again off over under
    please want need get know tell let may might must shall should hi hello hey thanks thank`,
  pt: `de a o que e do da em um para com nao uma os no se na por mais as dos como mas ao ele das tem seu sua ou quando
    muito nos ja eu tambem so pelo pela ate isso ela entre depois sem mesmo aos seus quem nas me esse eles voce essa num nem
    suas meu minha numa pelos elas qual lhe deles essas esses pelas este dele tu te voces vos lhes meus minhas teu tua
    nosso nossa dela delas esta estes estas aquele aquela isto aquilo estou estamos estao estava sou somos sao era foi ser
    ter tenho temos tinha ha haver posso pode podem poder quero quer queria vou vai ir fazer faz faco onde quanto quanta
    quantos quantas quais aqui agora favor ola oi obrigado obrigada saber sabe preciso gostaria diga`,
};

const sets = new Map<Language, ReadonlySet<string>>();

/** The function words of one language, folded. */
export function stopWordsOf(language: Language): ReadonlySet<string> {
  const known = sets.get(language);
  if (known) return known;
  const set = new Set(table[language].split(/\s+/));
  sets.set(language, set);
  return set;
}
