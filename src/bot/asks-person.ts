import { wordsOf } from './words/fold.ts';
import { near } from './words/near.ts';

/** How far behind the verb the person may stand: "hablar ahora mismo con alguna persona". */
const reach = 6;
/** Slips of the finger are forgiven this far into a message; exact words everywhere. */
const forgiven = 60;
const wordsRead = 3_000;

/** Those who answer for a support desk. */
const people = setOf(
  `humano humana humanos persona personas agente agentes asesor asesora asesores operador operadora operadores operadoras
  tecnico tecnica tecnicos representante representantes ejecutivo ejecutiva encargado supervisor supervisora especialista
  human humans person people agent agents representative representatives rep operator operators technician technicians
  advisor adviser specialist manager pessoa pessoas atendente atendentes consultor consultora responsavel`,
);
/** Words for anybody: a person only beside a verb or "real". */
const anybody = setOf('alguien gente someone somebody anyone alguem');
/** Words one slip away from a person that mean something else. */
const others = setOf(
  `personal personales agenda agendas agencia agencias urgent argent pessoal pessoais humanidad operado operada
  operar persono tecnologo technical prison operating regent humanoid tecnica repo rip red res ref ver`,
);

/** Verbs of getting through to somebody. */
const reaching = setOf(
  `hablar habla hablo hable hablarle ablar hablemos hablame comunicar comunicarme comunicame comunicar comuniqueme comuniquenme
  comunica comuniquen pasar pasame paseme pasenme pasas pasa pasan pasarme transferir transfiereme transfiere transferirme
  transferime transfieran derivar derivame deriva derivarme contactar contactarme contacto chatear conversar charlar atender
  atienda atiendan atiende atendido atendida conectame conectar conectarme conecta poneme ponme pongame comunicarse
  talk speak speaking talking chat transfer connect reach contact escalate put
  falar falo fala conversar passar passa passe transferir transfira transfere transferido chamar chama chame contatar
  contato atendido atendida atenda encaminhar encaminha`,
);
/** Verbs of wanting: the person must follow at once. */
const wanting = setOf(
  `quiero quisiera queria necesito prefiero dame deme denme solicito pido requiero busco exijo
  want need give get prefer like request require
  quero queria gostaria preciso prefiro solicito me`,
);
/** What may stand between wanting and the person. */
const joining = setOf(
  `un una a al con el la los las que me ya por favor porfa a algun alguna otro otra de ser verdadero verdadera real mejor solo
  an the to with for through some any live real actual just please another me speak
  um uma com o os alguma algum outro outra ser real verdadeiro logo`,
);
/** A message of nothing but a person and these asks for one. */
const asking = setOf(
  `${[...joining].join(' ')} ahora mismo hola urgente si no gracias verdad real reales humano humana humanos fisica
  carne hueso y de soporte atencion servicio cliente vivo now right hi hello urgent yes no thanks being support service
  customer live help agora mesmo oi ola sim nao obrigado atendimento suporte vivo favor ayuda ajuda bot robot`,
);
/** Behind the person: what it is then is a thing or somebody else's. */
const ownedBy = setOf('mi mis tu su sus my your his her their our meu minha meus seu sua nuestro nuestra');
const kindOfPerson = setOf(
  `verdad carne soporte atencion servicio ustedes turno ahi ayuda tecnico sistemas support service yours customer
  verdade suporte atendimento servico voces`,
);
const refusing = setOf('no nao not don dont never nunca sin sem without');

/** Said in so many words, wherever it stands. */
const plain: readonly string[] = [
  'alguien real',
  'persona real',
  'persona de verdad',
  'persona humana',
  'ser humano',
  'carne y hueso',
  'atencion humana',
  'atencion personalizada',
  'agente humano',
  'agente real',
  'soporte humano',
  'asesor humano',
  'que me llamen',
  'que me llame alguien',
  'pueden llamarme',
  'puede llamarme',
  'llamenme',
  'someone real',
  'real person',
  'real human',
  'human being',
  'live agent',
  'live person',
  'live chat',
  'human agent',
  'human support',
  'call me',
  'pessoa real',
  'pessoa de verdade',
  'alguem de verdade',
  'atendente humano',
  'atendimento humano',
  'suporte humano',
  'me liguem',
];
/** The same, but only as the whole of a short message. */
const plainAlone: readonly string[] = [
  'atencion al cliente',
  'servicio al cliente',
  'soporte tecnico',
  'customer service',
  'customer support',
  'atendimento ao cliente',
];
const noRobot =
  /(?:^| )(?:no|nao|not|don t|dont|stop|basta de|odio los|hate) (?:(?:quiero|quero|want|mas|more|to|hablar|con|talk|falar|com|un|una|una|a|this|um|uma|los|the) )*(?:robots?|bots?|robo|maquinas?|machine)(?: |$)/u;

/** "¿Hasta qué hora puedo hablar con alguien?" asks for the hours. */
const asksHours = / (?:que horas?|que horarios?|cual es el horario|qual o horario|what time|what hours) /u;

/**
 * Whether a message asks for a person, in any of the languages, with or without accents, slips forgiven.
 * "mi agente de viajes no imprime" and "la persona que vino ayer" do not.
 */
export function asksPerson(text: string): boolean {
  const words = wordsOf(text.slice(0, 12_000)).slice(0, wordsRead);
  if (words.length === 0) return false;
  const line = ` ${words.join(' ')} `;
  if (plain.some((phrase) => refusedOrAbsent(line, phrase) === 'asked')) return true;
  if (noRobot.test(line.slice(0, 2_000))) return true;
  if (words.length <= 8 && plainAlone.some((phrase) => line.includes(` ${phrase} `))) {
    const left = plainAlone.reduce((rest, phrase) => rest.replace(` ${phrase} `, ' '), line);
    if (wordsOf(left).every((word) => asking.has(word) || wanting.has(word) || reaching.has(word)))
      return true;
  }
  if (words.length <= 8 && onlyAPerson(words)) return true;
  return !asksHours.test(line) && words.some((word, at) => isPersonAfterVerb(words, word, at));
}

/**
 * Whether a request for a person also says what is wrong: "pásame con alguien, no imprime la impresora".
 * @param text one that `asksPerson`
 */
export function saysWhatIsWrong(text: string): boolean {
  const left = wordsOf(text.slice(0, 4_000)).filter(
    (word) =>
      word.length > 3 &&
      !asking.has(word) &&
      !wanting.has(word) &&
      !isReaching(word, true) &&
      !anybody.has(word) &&
      !isPerson(word, true),
  );
  return left.length >= 2;
}

function refusedOrAbsent(line: string, phrase: string): 'asked' | 'refused' | 'absent' {
  const at = line.indexOf(` ${phrase} `);
  if (at < 0) return 'absent';
  const before = line.slice(0, at).trim().split(' ').slice(-5);
  return before.some((word) => refusing.has(word)) ? 'refused' : 'asked';
}

function onlyAPerson(words: readonly string[]): boolean {
  let seen = false;
  for (const [at, word] of words.entries()) {
    if (isPerson(word, true)) seen = true;
    else if (anybody.has(word) && words.length > 1 && words[at + 1] === 'real') seen = true;
    else if (!asking.has(word)) return false;
  }
  return seen && !words.some((word) => ownedBy.has(word));
}

/** The verb is looked for behind each person, so that a long message is read once. */
function isPersonAfterVerb(words: readonly string[], word: string, at: number): boolean {
  const someone = anybody.has(word);
  if (!someone && !isPerson(word, at < forgiven)) return false;
  const before = words[at - 1] ?? '';
  if (ownedBy.has(before) || somebodyElse(words, at)) return false;
  for (let verb = at - 1; verb >= 0 && verb >= at - reach; verb -= 1) {
    const candidate = words[verb] ?? '';
    if (isReaching(candidate, verb < forgiven) && !refused(words, verb)) {
      return candidate !== 'put' || words[verb + 1] === 'me';
    }
    if (wanting.has(candidate) && !someone && !refused(words, verb)) {
      if (words.slice(verb + 1, at).every((between) => joining.has(between))) return true;
    }
  }
  return false;
}

/** "la persona que vino ayer", "el agente de transporte". */
function somebodyElse(words: readonly string[], at: number): boolean {
  const next = words[at + 1];
  const definite = ['la', 'el', 'the', 'a', 'o', 'as', 'os', 'los', 'las'].includes(words[at - 1] ?? '');
  if ((next === 'que' || next === 'who' || next === 'that') && definite) return words[at - 1] !== 'a';
  if (next !== 'de' && next !== 'del' && next !== 'da' && next !== 'do') return false;
  return !kindOfPerson.has(words[at + 2] ?? '');
}

/** "no quiero hablar con una persona"; but "¿no puedo hablar con una persona?" asks. */
function refused(words: readonly string[], verb: number): boolean {
  const before = words.slice(Math.max(0, verb - 4), verb);
  const no = before.findIndex((word) => refusing.has(word));
  if (no < 0) return false;
  const between = before.slice(no + 1);
  return !between.some((word) => ['puedo', 'podria', 'pueden', 'can', 'could', 'posso', 'da'].includes(word));
}

function isPerson(word: string, forgiving: boolean): boolean {
  if (people.has(word)) return true;
  if (!forgiving || word.length < 5 || word.length > 16 || others.has(word)) return false;
  for (const known of people) if (known.length >= 5 && near(known, word)) return true;
  return false;
}

function isReaching(word: string, forgiving: boolean): boolean {
  if (reaching.has(word)) return true;
  if (!forgiving || word.length < 5 || word.length > 14) return false;
  return ['hablar', 'comunicarme', 'transferir', 'conversar', 'speak', 'transfer'].some((verb) =>
    near(verb, word),
  );
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u).filter((word) => word !== ''));
}
