import { wordsOf } from './words/fold.ts';
import { lexicon, matchPhrases } from './words/match-phrases.ts';

/** What a short reply to one step of a guide means. */
export type StepWord = 'next' | 'failed' | 'all' | 'wait' | 'resume';

const phrases = lexicon<StepWord | 'filler'>({
  next: [
    'hecho,hecho siguiente,listo,ya,ya esta,ya lo hice,ya lo hize,lo hice,siguiente,sigue,siguiente paso,el siguiente,proximo,proximo paso',
    'ok,okay,oki,dale,vale,bueno,perfecto,si,continua,adelante,que mas,y ahora,y ahora que,y despues,pasemos al siguiente,genial',
    'done,done next,next,next step,next one,did it,did that,i did,i did it,i did that,ok done,go on,continue,what next,what now,what s next',
    'and now,and then,yes,yep,yeah,ready,got it,feito,feito proximo,pronto,ja fiz,fiz,proxima,proximo passo,e agora,e depois,continue,sim',
    'pode seguir,beleza,blz,certo,ta,👍,✅,👌,➡',
  ],
  failed: [
    'no me funciono,no funciono,no me sale,no me salio,no puedo,no pude,no me deja,no me deja hacerlo,no lo encuentro,no encuentro eso',
    'no me aparece,no aparece,no sale,no se puede,ese paso no,ese no,no esta,no tengo eso,no tengo esa opcion,no veo eso,no veo esa opcion',
    'it didn t work,didn t work,that didn t work,that doesn t work,i can t,i couldn t,can t do it,can t do that,can t find it,couldn t find it',
    'i don t see it,i don t have that,it s not there,not there,it won t let me,stuck,i m stuck,nao funcionou,nao deu,nao deu certo',
    'nao consegui,nao consigo,nao aparece,nao achei,nao encontrei,nao tenho isso,nao tem,nao tem isso,nao me deixa,nao deixa,travei,👎,❌',
  ],
  all: [
    'todo,ver todo,verlo todo,todos,todos los pasos,mostrar todo,muestrame todo,mostrame todo,dame todo,dame todos los pasos,completo',
    'ver todos los pasos,todo junto,all,all steps,all of it,show all,show me all,show everything,show me everything,show me all,show me all of it,everything,the whole thing,see all,full guide',
    'tudo,ver tudo,mostrar tudo,mostra tudo,me mostra tudo,todos os passos,ver todos os passos,guia completo,a guia completa',
  ],
  wait: [
    'un momento,espera,espera un momento,esperame,dame un minuto,dame un momento,ya vuelvo,estoy en eso,ahi voy,voy a probar,lo pruebo',
    'dejame probar,one moment,wait,hold on,give me a minute,one sec,let me try,i ll try,um momento,espera ai,perai,pera ai,ja volto',
    'vou tentar,deixa eu tentar,so um minuto,calma',
  ],
  resume: [
    'seguir con los pasos,sigamos con los pasos,seguimos con los pasos,volver a los pasos,volvamos a los pasos,sigamos,seguimos,los pasos',
    'volvamos a lo de antes,retomemos,en que paso ibamos,en que ibamos,donde ibamos,donde estabamos,back to the steps,resume,resume steps',
    'where were we,go back to the steps,the steps,continue the steps,continue with the steps,voltar aos passos,vamos voltar aos passos',
    'onde paramos,onde a gente parou,em que passo estavamos,continuar os passos,os passos,retomar',
  ],
  filler: [
    'y,e,and,a,por favor,porfa,gracias,please,thanks,obrigado,obrigada,el,la,lo,los,las,the,o,os,as,eso,ese,that,paso,step,passo,1,2,3,4,5,6,7,8,9,10',
  ],
});

/** A longer reply says more than that. */
const longest = 8;

/** Reads a reply to a step that says nothing else; a failure weighs more than a "done". */
export function readStepWord(text: string): StepWord | null {
  if (text.length > 120) return null;
  const words = wordsOf(text);
  if (words.length === 0 || words.length > longest) return null;
  const { kinds, unknown } = matchPhrases(words, phrases);
  if (unknown.length > 0) return null;
  const weightiest = ['failed', 'all', 'resume', 'wait', 'next'] as const;
  return weightiest.find((kind) => kinds.includes(kind)) ?? null;
}
