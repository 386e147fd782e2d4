import { describe, expect, it } from 'vitest';
import { asksPerson, saysWhatIsWrong } from '../../src/bot/asks-person.ts';

const requests = [
  'humano',
  'Humano!!!',
  'HUMANO POR FAVOR',
  'una persona',
  'una persona real por favor',
  'agente',
  'un agente ya',
  'asesor',
  'operadora',
  'representante',
  'quiero hablar con una persona',
  'Quiero hablar con alguien',
  'quisiera hablar con un humano por favor',
  'hablar con una persona',
  'puedo hablar con un asesor?',
  '¿Me puedes pasar con un agente?',
  'pasame con un tecnico',
  'páseme con un representante, por favor',
  'poneme con una persona',
  'comunícame con un operador',
  'necesito un técnico',
  'necesito hablar urgente con alguien de soporte',
  'quiero que me atienda una persona',
  'prefiero una persona real',
  'dame un humano',
  'quiero alguien real',
  'no quiero hablar con un robot',
  'no quiero un bot',
  'quiero ablar con una persona',
  'kiero hablar con una presona',
  'hablar con un humno',
  'quiero hablar con un agnte',
  'quiero hablar con un represntante',
  'atención humana',
  'quiero atención al cliente',
  'que me llamen por favor',
  'no me funciona el internet, quiero hablar con una persona',
  '¿no puedo hablar con una persona?',
  'qiero hablar con un ser humano',
  'h\u200Bumano',
  'human',
  'Human please',
  'agent',
  'live agent',
  'representative',
  'operator!',
  'talk to a person',
  'I want to talk to a human',
  'can i speak with someone',
  'can I speak to a representative?',
  'let me talk to someone real',
  'i need an agent',
  'get me a human',
  'please transfer me to an agent',
  'connect me with a live person',
  'put me through to an operator',
  'I dont want to talk to a bot',
  'i want to speak to a real person now',
  'tlak to a preson, i want to speak with a preson',
  'customer service',
  'my printer is broken and I want to talk to someone',
  'atendente',
  'falar com atendente',
  'quero falar com uma pessoa',
  'quero falar com alguém',
  'preciso de um atendente humano',
  'me passa para um atendente',
  'pode me transferir para um técnico?',
  'pessoa real por favor',
  'quero um humano',
  'não quero falar com robô',
  'atendimento humano',
  'gostaria de falar com um responsável',
  'falar com atendnte',
];

const others = [
  'mi agente de viajes no imprime',
  'la persona que vino ayer',
  'la persona que vino ayer dejó el router apagado',
  'el técnico no vino',
  'el técnico que vino ayer cambió el router',
  'mi asesor no recibe los correos',
  'quiero cambiar el agente de correo',
  'el agente de transporte de correo no anda',
  'no quiero hablar con una persona',
  'no quiero hablar con nadie',
  'necesito agregar una persona a la reunión',
  'quiero un computador personal',
  'quiero ver mi agenda',
  'no me funciona el internet',
  'hola',
  'eres una persona?',
  'cuántas personas pueden usar mi plan',
  'hay otra persona usando mi wifi',
  'necesito urgente una solución',
  'soporte de impresoras hp',
  'persona autorizada en la factura',
  'my agent software crashes',
  'the person who came yesterday broke it',
  'how many people can use the plan',
  'are you human?',
  'someone hacked my account',
  "I don't want to talk to a person",
  'my human resources app crashes',
  'the driver needs an update',
  'a pessoa que veio ontem',
  'meu atendente não respondeu o e-mail',
  'não quero falar com ninguém',
  'quantas pessoas podem usar',
  'minha impressora não imprime',
  '',
  '   ',
  '👍',
];

describe('a request for a person', () => {
  it.each(requests)('%s', (text) => expect(asksPerson(text)).toBe(true));
});

describe('no request for a person', () => {
  it.each(others)('%s', (text) => expect(asksPerson(text)).toBe(false));
});

describe('a request that says what is wrong', () => {
  it.each([
    ['no me funciona el internet, quiero hablar con una persona', true],
    ['pasame con alguien, no imprime la impresora', true],
    ['my printer is broken and I want to talk to someone', true],
    ['quiero hablar con una persona real ahora mismo por favor', false],
    ['humano', false],
    ['I want to speak to a representative', false],
  ])('%s: %s', (text, said) => expect(saysWhatIsWrong(text)).toBe(said));
});

describe('a long message', () => {
  it('is read in linear time, to its end', () => {
    const text = `${'no anda nada de nada y '.repeat(400)} quiero hablar con una persona`;
    const start = performance.now();
    expect(asksPerson(text)).toBe(true);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
