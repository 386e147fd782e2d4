import type { Language } from '../../core/language.ts';

/** Short forms typed on phones, folded, and the words they stand for. General usage, not from any corpus. */
const table: Record<Language, string> = {
  es: `q=que k=que ke=que qe=que xq=por que pq=por que xk=por que porq=por que porke=por que tb=tambien tmb=tambien
    tbn=tambien tambn=tambien x=por d=de t=te pa=para xa=para pal=para el toy=estoy ta=esta tas=estas tamos=estamos
    dnd=donde dond=donde cm=como cmo=como kmo=como komo=como cdo=cuando cnd=cuando cndo=cuando qndo=cuando cuanto=cuanto
    cto=cuanto xfa=por favor xfavor=por favor porfa=por favor porfi=por favor porfis=por favor pf=por favor plis=por favor
    fa=favor msj=mensaje msg=mensaje mje=mensaje sms=mensaje tlf=telefono tfno=telefono telf=telefono tel=telefono
    nro=numero num=numero bn=bien grax=gracias grcs=gracias aki=aqui aka=aca ay=hay aora=ahora ahorita=ahora kiero=quiero
    kiere=quiere kieres=quieres kien=quien kual=cual kuando=cuando kuanto=cuanto kosa=cosa kasa=casa qiero=quiero
    qien=quien qier=quiere ntp=no te preocupes nd=nada nda=nada tdo=todo td=todo tds=todos dsd=desde hr=hora hrs=horas
    min=minuto mins=minutos seg=segundo dto=descuento dcto=descuento ud=usted uds=ustedes vd=usted finde=fin de semana
    compu=computadora cel=celular tele=television uni=universidad ns=no se nose=no se tngo=tengo qiza=quiza salu2=saludos
    hla=hola ola=hola wena=buena wenas=buenas buenass=buenas app=aplicacion apps=aplicaciones`,
  en: `u=you ur=your r=are y=why wat=what wut=what whats=what is pls=please plz=please thx=thanks thnx=thanks ty=thank you
    n=and cuz=because coz=because bc=because b4=before gonna=going to wanna=want to gotta=have to lemme=let me gimme=give me
    dont=do not doesnt=does not didnt=did not cant=can not cannot=can not wont=will not isnt=is not arent=are not
    wasnt=was not werent=were not havent=have not hasnt=has not hadnt=had not couldnt=could not wouldnt=would not
    shouldnt=should not aint=is not im=i am ive=i have youre=you are theyre=they are thats=that is theres=there is
    wheres=where is hows=how is whos=who is lets=let us msg=message msgs=messages txt=message acct=account acc=account
    pwd=password passwd=password pw=password tmrw=tomorrow tmr=tomorrow tomorow=tomorrow tho=though thru=through
    info=information appt=appointment hr=hour hrs=hours min=minute mins=minutes sec=second secs=seconds wk=week
    wks=weeks yr=year yrs=years num=number nos=numbers tel=telephone ph=phone asap=as soon as possible ppl=people
    abt=about gr8=great idk=i do not know dunno=do not know tv=television pic=picture pics=pictures app=application
    apps=applications bday=birthday fav=favorite luv=love nite=night tonite=tonight rn=right now`,
  pt: `vc=voce vcs=voces ce=voce q=que k=que pq=por que porq=por que pqe=por que tb=tambem tbm=tambem n=nao naum=nao
    td=tudo tds=todos blz=beleza cmg=comigo hj=hoje qdo=quando qnd=quando qndo=quando qto=quanto qnt=quanto
    qq=qualquer qlqr=qualquer msg=mensagem msgs=mensagens pra=para pro=para o p=para to=estou tou=estou ta=esta tava=estava
    tao=estao obg=obrigado obgd=obrigado vlw=obrigado kd=onde cade=onde eh=e aki=aqui la=la tel=telefone cel=celular
    fds=fim de semana mto=muito mt=muito mta=muita bjs=beijos pfv=por favor pf=por favor pfvr=por favor porfa=por favor
    d=de c=com s=sem cm=como oq=o que oque=o que dps=depois agr=agora nd=nada ngm=ninguem sla=nao sei flw=tchau
    abs=abraco hr=hora hrs=horas min=minuto app=aplicativo apps=aplicativos apto=apartamento end=endereco nro=numero`,
};

const maps = new Map<Language, ReadonlyMap<string, readonly string[]>>();

/** Short form → words, for one language. */
export function abbreviationsOf(language: Language): ReadonlyMap<string, readonly string[]> {
  const known = maps.get(language);
  if (known) return known;
  const map = new Map<string, readonly string[]>();
  // An entry's expansion runs up to the next "short=".
  for (const match of table[language].matchAll(/(\S+)=((?:[^\s=]+(?:\s+(?!\S+=)|\s*$|(?=\s)))+)/g)) {
    const [, short = '', long = ''] = match;
    map.set(short, long.trim().split(/\s+/));
  }
  maps.set(language, map);
  return map;
}
