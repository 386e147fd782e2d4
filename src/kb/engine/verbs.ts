import type { Language } from '../../core/language.ts';

/** Irregular verbs a stemmer cannot bring together: the stem, then forms, folded. General grammar, not from any corpus. */
const table: Record<Language, string> = {
  es: `quer quiero quieres quiere queres querer queremos quieren quisiera quisieras quise quiso querria querias queria;
    pod puedo puedes puede podes poder podemos pueden podria podrias podrian pude pudo podre podra pudiera pudieras;
    ten tengo tienes tiene tenes tener tenemos tienen tuve tuvo tenia tendre tendra tendria tenga tengan ten;
    hac hago haces hace hacer hacemos hacen hice hizo hiciste hicieron haga hagas hagan haz haria hecho haciendo hare hara;
    ir voy vas va vamos van ir iba fui fueron yendo vaya vayas vayan anda ire ira iria;
    dec digo dices dice decis decir decimos dicen dije dijo dijeron diga digas digan dicho diciendo dime decime digame di diria;
    dar doy das da damos dan dar di dio diste dieron dame deme dando daria;
    sab se sabes sabe saber sabemos saben supe supo sepa sepas sabria;
    pon pongo pones pone poner ponemos ponen puse puso ponga pongas ponme poneme puesto poniendo;
    ven vengo vienes viene venir venimos vienen vine vino venga vengas viniendo;
    sal salgo sales sale salir salimos salen salga saliendo salio;
    ped pido pides pide pedir pedimos piden pedi pidio pida pidas pidiendo pedido pedidos;
    est estoy estas esta estamos estan estar estuve estuvo estaba este estando;
    ser soy eres sos es somos son ser era eran sea siendo;
    hab he has ha hemos han haber hay hubo habia haya;
    pag pague pagues paguen; busc busque busques busquen; 
    encontr encuentro encuentras encuentra encuentran encuentre; perd pierdo pierdes pierde pierden pierda;
    cont cuento cuentas cuenta cuentan cuentame contame cuente; mostr muestro muestras muestra muestran muestrame mostrame muestre muestreme;
    cerr cierro cierras cierra cierran cierre; empez empiezo empieza empiezan empiece; funcion funciono funciona funcionan funcione;
    devolv devuelvo devuelves devuelve devuelven devuelva devuelto; volv vuelvo vuelves vuelve vuelven vuelva vuelto;
    recib recibo recibes recibe reciben recibi recibio reciba; env envio envias envia envian envie enviame enviado;
    le leo lees lee leen lei leyo lea leyendo; pens pienso piensas piensa piensan piense; duerm duermo duermes duerme duermen dormir duerma;
    jug juego juegas juega juegan jugar juegue; ve ver veo ves vemos ven vi vio vea viendo visto; oir oigo oyes oye oyen oir oiga;
    conoc conozco conoces conoce conocer conozca; reconoc reconozco reconoces reconoce reconozca; repet repito repites repite repita;
    sient siento sientes siente sienten sentir sienta; cre creo crees cree creen crea; elig elijo eliges elige eligen elegir elija`,
  en: `be am is are was were been being be; have have has had having; do do does did done doing; go go goes went gone going;
    get get gets got gotten getting; buy buy buys bought buying; pay pay pays paid paying; send send sends sent sending;
    lose lose loses lost losing; find find finds found finding; make make makes made making; take take takes took taken taking;
    tell tell tells told telling; say say says said saying; know know knows knew known knowing; think think thinks thought thinking;
    come come comes came coming; see see sees saw seen seeing; give give gives gave given giving; keep keep keeps kept keeping;
    leave leave leaves left leaving; write write writes wrote written writing; break break breaks broke broken breaking;
    choose choose chooses chose chosen choosing; forget forget forgets forgot forgotten forgetting; steal steal steals stole stolen stealing;
    spend spend spends spent spending; sell sell sells sold selling; mean mean means meant meaning; speak speak speaks spoke spoken speaking;
    begin begin begins began begun beginning; bring bring brings brought bringing; withdraw withdraw withdraws withdrew withdrawn withdrawing;
    eat eat eats ate eaten eating; drive drive drives drove driven driving; fly fly flies flew flown flying; wake wake wakes woke woken waking;
    understand understand understands understood; hear hear hears heard hearing; feel feel feels felt feeling; build build builds built building`,
  pt: `quer quero queres quer querer queremos querem queria quis quisera quiser; pod posso podes pode poder podemos podem
    pude poderia poderiam puder podia; ter tenho tens tem ter temos tinha tive teve terei teria tenha tendo;
    faz faco fazes faz fazer fazemos fazem fiz fez faca fazendo feito farei faria; ir vou vais vai vamos vao ir ia fui foram va indo;
    diz digo dizes diz dizer dizem disse diga dizendo dito; dar dou das da damos dao dar deu dei de dando;
    sab sei sabes sabe saber sabem soube saiba; por ponho poe por poem pus pos ponha posto; vir venho vens vem vir vindo veio venha;
    sai saio sai sair saem saiu saia; ped peco pedes pede pedir pedem pediu peca pedido pedidos; est estou esta estamos estao estar estive estava esteja;
    ser sou es e somos sao ser era eram seja sendo; hav ha haver houve havia haja; perd perco perdes perde perder perdem perdi perca;
    ve vejo ves ve ver vemos veem vi viu veja vendo visto; le leio les le ler leem li leu leia lendo; ouv ouco ouve ouvir ouca;
    consig consigo consegue conseguir conseguem consegui conseguiu consiga; sint sinto sente sentir sentem; dorm durmo dorme dormir;
    traz trago traz trazer trouxe traga; cre creio cre crer creia; receb recebo recebe receber recebi recebeu receba`,
};

const maps = new Map<Language, ReadonlyMap<string, string>>();

/** Folded irregular form → common stem, for one language. */
export function irregularVerbsOf(language: Language): ReadonlyMap<string, string> {
  const known = maps.get(language);
  if (known) return known;
  const map = new Map<string, string>();
  for (const group of table[language].split(';')) {
    const [stem, ...forms] = group.trim().split(/\s+/);
    if (stem) for (const form of forms) map.set(form, stem);
  }
  maps.set(language, map);
  return map;
}
