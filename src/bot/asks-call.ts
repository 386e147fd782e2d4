import { wordsOf } from './words/fold.ts';

/** Longer messages say more than that: what is in them is for a person to read. */
const longest = 60;

const call =
  '(?:video ?llamadas?|videoconferencias?|video ?chamadas?|video ?calls?|video ?chat|(?:llamada|llamadita|chamada) (?:de|por|con|com) video|call (?:by|on|over|with) video|reunion por video)';

/** The customer's own screen, seen by somebody. */
const screen =
  '(?:(?:la|mi|a|minha|nossa|nuestra|my|our|the) (?:pantalla|tela|screen)|lo que (?:veo|me sale|aparece)|o que (?:vejo|aparece)|what i see)';

const asking =
  '(?:puedo|puede|pueden|podes|podemos|podria|podrian|podriamos|puedes|quiero|quisiera|queria|quieren|necesito|prefiero|hagamos|hacemos|hacer|hace|tener|agendar|agendamos|coordinar|mejor|seria|can|could|may|would|want|like|prefer|need|let|lets|please|schedule|book|posso|pode|podem|podemos|poderia|poderiam|quero|gostaria|preciso|prefiro|fazer|fazemos|marcar|da|vamos|favor|porfa|por)';

/** What people of ours would do. */
const theySee =
  '(?:(?:puede|pueden|podes|puedes|podria|podrian|podrias|quieren|quiere|necesito que|quiero que|quisiera que|pode|podem|poderia|poderiam|preciso que|quero que|gostaria que|(?:can|could|would|will) (?:you|someone|somebody|anyone|they)|want you to|need you to|like you to) (?:\\S+ ){0,2}?(?:ver|verme|vernos|verla|vea|vean|mirar|mirarla|miren|mire|revisar|revisen|see|look at|view|watch|veja|vejam|olhar|olhem))';

/** What the customer would do themselves. */
const iShow =
  '(?:mostrar|mostrarte|mostrarle|mostrarles|mostrarlo|muestro|mostro|compartir|compartirte|compartirles|comparto|ensenar|ensenarte|show|show you|share|compartilhar|compartilho|mostra)';

const requests = [
  new RegExp(` ${asking} (?:\\S+ ){0,5}?${call} `, 'u'),
  new RegExp(
    ` ${call} (?:\\S+ ){0,2}?(?:por favor|please|porfa|favor|ahora|now|agora|manana|tomorrow|amanha) `,
    'u',
  ),
  new RegExp(` ${theySee} (?:\\S+ ){0,2}?${screen} `, 'u'),
  new RegExp(` ${asking} (?:\\S+ ){0,3}?${iShow} (?:\\S+ ){0,2}?${screen} `, 'u'),
  new RegExp(
    ` (?:${theySee}|${asking} (?:\\S+ ){0,3}?${iShow}) (?:\\S+ ){0,3}?(?:por|en|con|on|over|by|com) (?:video|camara|camera|la camara|zoom|meet|teams) `,
    'u',
  ),
  / (?:me|te|les|le) (?:ven|ves|pueden ver|puedes ver|podes ver|podem ver|pode ver) (?:la|mi|a|minha) (?:pantalla|tela) /u,
  / (?:vean|veas|vea|vejam|veja) (?:la|mi|a|minha) (?:pantalla|tela) /u,
];
const alone = new RegExp(
  `^ (?:(?:una|por|hola|quiero|a|uma|oi|hi|hello|in) )*${call} (?:(?:por favor|please) )?$`,
  'u',
);

/** Questions of how it is done, and complaints that it does not work: about calls of their own. */
const topic =
  / (?:como (?:hago|puedo|se|activo|comparto|instalo|faco|compartilho)|how (?:do|can|to|does)|no (?:me )?(?:funciona|anda|sirve|conecta|carga|se (?:ve|escucha|oye))|nao (?:funciona|conecta|carrega|da)|se (?:corta|congela|traba|cae)|falla|fallan|trava|cai|not work\w*|doesn t|does not|won t|isn t|keeps|freez\w*|crash\w*|cuts? out|no (?:quiero|necesito|hace falta)|nao (?:quero|preciso)|don t (?:want|need)|sin video|without video) /u;

/** Whether a message asks to be seen, or to show a screen, in a video call; in any of the languages. */
export function asksCall(text: string): boolean {
  const words = wordsOf(text.slice(0, 1_000));
  if (words.length === 0 || words.length > longest) return false;
  const line = ` ${words.join(' ')} `;
  if (topic.test(line)) return false;
  return alone.test(line) || requests.some((pattern) => pattern.test(line));
}
