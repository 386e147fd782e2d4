import { wordsOf } from './words/fold.ts';
import { lexicon, matchPhrases } from './words/match-phrases.ts';

/** What people say that is no question about anything. */
export type SmallTalk = 'greeting' | 'thanks' | 'goodbye' | 'robot' | 'insult' | 'acknowledged' | 'cancel';

type Kind = SmallTalk | 'filler' | 'laugh';

/** A remark longer than this says something. */
const longest = 14;

const phrases = lexicon<Kind>({
  greeting: [
    'hola,holas,holis,ola,buenas,buen dia,buenos dias,buenas tardes,buenas noches,que tal,como estas,como esta,como estan',
    'como andas,como va,como le va,que onda,que hay,saludos,hay alguien,hay alguien ahi,alguien ahi,hello,hi,hey,hiya',
    'good morning,good afternoon,good evening,how are you,how are u,how s it going,greetings,anybody there,anyone there',
    'is anybody there,is anyone there,is there anybody there,hello there,hi there,what s up,yo,oi,oie,ola,alo,bom dia,boa tarde',
    'boa noite,tudo bem,tudo bom,como vai,como voce esta,e ai,tem alguem ai,👋',
  ],
  thanks: [
    'gracias,muchas gracias,mil gracias,muchisimas gracias,grax,grac,te agradezco,se agradece,muy amable,eres muy amable',
    'sos muy amable,thanks,thank you,thank u,thank you very much,thank you so much,thanks a lot,many thanks,thx,tks,ty,cheers',
    'obrigado,obrigada,muito obrigado,muito obrigada,brigado,brigada,obg,vlw,valeu,agradeco,grato,grata,🙏,❤',
  ],
  goodbye: [
    'adios,chau,chao,hasta luego,hasta pronto,hasta manana,nos vemos,hasta la vista,que tengas buen dia,que tenga buen dia',
    'buen fin de semana,bye,bye bye,goodbye,good bye,see you,see ya,see you later,good night,have a nice day,have a good day',
    'take care,tchau,ate logo,ate mais,ate amanha,ate breve,tenha um bom dia,falou,abraco',
  ],
  robot: [
    'eres un robot,eres robot,eres un bot,eres bot,sos un robot,sos un bot,sos bot,sos robot,es usted un robot,eres una maquina',
    'sos una maquina,eres una ia,sos una ia,eres una inteligencia artificial,eres humano,sos humano,eres un humano,sos un humano',
    'eres una persona,sos una persona,eres una persona real,sos una persona real,eres real,sos real,es usted una persona',
    'hablo con un robot,hablo con un bot,hablo con una persona,hablo con una maquina,estoy hablando con un robot',
    'estoy hablando con un bot,estoy hablando con una persona,estoy hablando con una persona real,estoy hablando con una maquina',
    'hablo con una persona o un robot,esto es un bot,esto es un robot,es un bot,es un robot,quien eres,quien sos,que eres,que sos',
    'o un robot,o un bot,o una maquina,o una persona,o un humano,o eres un robot,o eres una persona,o sos un robot',
    'eres chatgpt,sos chatgpt,are you a robot,are you a bot,are you robot,are you bot,are you an ai,are you ai,are you human',
    'are you a human,are you a person,are you a real person,are you real,is this a bot,is this a robot,am i talking to a bot',
    'am i talking to a robot,am i talking to a person,am i talking to a human,am i talking to a real person,who are you,what are you',
    'or a bot,or a robot,or a human,or a person,or a real person,or a machine,are you a machine,are you chatgpt',
    'voce e um robo,voce e robo,voce e um bot,voce e um humano,voce e humano,voce e uma pessoa,voce e uma maquina,voce e uma ia',
    'vc e um robo,vc e robo,vc e um bot,vc e humano,vc e uma pessoa,estou falando com um robo,estou falando com uma pessoa',
    'estou falando com uma maquina,falo com um robo,falo com uma pessoa,quem e voce,o que e voce,isso e um robo,isto e um robo',
    'ou um robo,ou uma maquina,ou uma pessoa,voce e real,voce e uma pessoa real',
  ],
  insult: [
    'inutil,inutiles,idiota,idiotas,estupido,estupida,estupidos,imbecil,imbeciles,mierda,una mierda,basura,porqueria,maldito',
    'maldita,malditos,pendejo,pendejos,pelotudo,pelotudos,boludo,boludos,tarado,tarados,tonto,tonta,tontos,cabron,cabrones',
    'hijo de puta,hijos de puta,hdp,puta,puto,la puta madre,la concha de tu madre,vete a la mierda,vayanse a la mierda',
    'andate a la mierda,vete al diablo,vete al carajo,carajo,joder,asco,un asco,no sirves,no sirves para nada,no servis para nada',
    'no sirven,no sirven para nada,eres tonto,ladrones,estafadores,gilipollas,callate,que asco',
    'useless,stupid,idiot,idiots,moron,dumb,shit,bullshit,crap,fuck,fuck you,fuck off,fucking,asshole,bastard,bitch,you suck,suck',
    'garbage,trash,pathetic,screw you,shut up,wtf,scammers,thieves,worthless',
    'burro,burra,imbecis,estupidos,lixo,merda,uma merda,bosta,porra,caralho,puta que pariu,filho da puta,vai se foder,vsf,fdp',
    'vai tomar no cu,otario,otarios,palhacada,palhacos,ridiculo,ridiculos,inuteis,cala a boca,nao presta,nao serve pra nada',
  ],
  acknowledged: [
    'ok,oka,okay,okey,oki,vale,dale,bueno,listo,entiendo,entendido,de acuerdo,ya,aja,mmm,hmm,ah,ahh,aha,claro,perfecto,genial',
    'excelente,bien,muy bien,super,a ver,voy a probar,lo pruebo,ya pruebo,lo voy a probar,voy a intentar,dejame probar,un momento',
    'espera,ya vuelvo,buenisimo,barbaro,joya,got it,i see,alright,all right,sure,great,perfect,cool,fine,understood,k,kk',
    'let me try,i will try,i ll try,one moment,one sec,wait,hold on,nice,awesome,good,very good,entendi,ta,ta bom,ta bem,certo,blz,beleza,tranquilo',
    'vou tentar,deixa eu ver,um momento,espera ai,perfeito,otimo,legal,show,bom,👍,👌,✅,🙂,😊,😀,😃,😄,🤝',
  ],
  cancel: [
    'cancelar,cancela,cancelalo,olvidalo,olvidate,dejalo,deja,dejalo asi,no hace falta,ya no hace falta,no importa,ya no importa',
    'no es necesario,ya no es necesario,mejor no,nada olvidalo,no quiero hablar con nadie,no quiero hablar con una persona',
    'never mind,nevermind,cancel,forget it,no need,not necessary,not needed,no longer needed,don t bother',
    'i don t want to talk to anyone,deixa pra la,esquece,cancelar,cancele,nao precisa,nao precisa mais,nao e necessario,deixa',
  ],
  laugh: ['ja,jaja,jajaja,jajajaja,jeje,jejeje,haha,hahaha,hehe,lol,kkk,kkkk,rsrs,😂,🤣,😅'],
  filler: [
    'a todos,a todas,todos,amigo,amiga,senor,senora,senorita,por favor,porfa,xfa,porfavor,de nuevo,otra vez,por todo,por tu ayuda',
    'por su ayuda,por la ayuda,tu,vos,usted,ustedes,son,es,esto,este,esta,un,una,unos,unas,que,eres,sos,el,la,los,las,de,todo',
    'y,o,pero,muy,tan,re,bot,robot,servicio,acaso,verdad,en serio,oye,disculpa,perdon,igual,mucho,tanto',
    'there,everyone,guys,sir,madam,please,again,for everything,for your help,for the help,you,you re,are,is,this,it,it s,a,an,the',
    'all,of,and,or,but,so,very,really,service,what,just,sorry,excuse me,such,piece',
    'pessoal,gente,por tudo,pela ajuda,pela atencao,voce,voces,vc,vcs,sao,e,isso,um,uma,uns,que,de,tudo,ou,mas,muito,mesmo',
    'desculpa,desculpe,com licenca,servico,😡,🤬,😠,🙄,😞,😢',
  ],
});

/** Which of several kinds in one remark is the one to answer. */
const weightiest: readonly SmallTalk[] = [
  'robot',
  'insult',
  'cancel',
  'goodbye',
  'thanks',
  'greeting',
  'acknowledged',
];

/**
 * Reads a message that is small talk from beginning to end; null when any of it may be a question.
 * @param text one message or several, in any of the languages
 */
export function readSmallTalk(text: string): SmallTalk | null {
  const words = wordsOf(text.slice(0, 400));
  if (words.length === 0 || words.length > longest || text.length > 400) return null;
  const { kinds, unknown } = matchPhrases(words, phrases);
  const greeted = kinds[0] === 'greeting' || kinds[0] === 'thanks' || kinds[0] === 'goodbye';
  // A name: "hola Marta", "thanks, Ana".
  const named = greeted && kinds.length === 1 && unknown.length === 1 && words.length <= 4;
  if (unknown.length > 0 && !(named && !/\d/u.test(unknown[0] ?? '') && isName(text))) return null;
  return weightiest.find((kind) => kinds.includes(kind)) ?? null;
}

/** A name is written with a capital letter and comes last. */
function isName(text: string): boolean {
  return /\s\p{Lu}\p{Ll}+[\s!.,]*$/u.test(text);
}
