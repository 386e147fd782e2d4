import { callPt } from './call-pt.ts';
import type { Catalogue } from './catalogue.ts';

/** Brazilian Portuguese, você. */
export const pt: Catalogue = {
  'handed-over':
    'Vou passar você para uma pessoa. Seu caso é o n.º {number}; ela já tem o que você me contou, não vai precisar repetir.',
  'handed-over-failure':
    'Desculpe, tive um problema e não consigo responder direito. Vou passar você para uma pessoa: seu caso é o n.º {number} e o que você escreveu está guardado.',
  'people-elsewhere':
    '{failed, select, yes {Desculpe, tive um problema e não consigo responder direito. } other {}}{channels, select, none {O seu plano não inclui falar com uma pessoa por este canal.} other {No seu plano, as pessoas da equipe atendem por {channels}: escreva por lá quando quiser.}} Eu continuo aqui: me conta, e ajudo no que eu puder.',
  claimed: '{agent} está cuidando do seu caso.',
  escalated:
    'Seu caso n.º {number} vai para um nível com mais experiência. Eles já têm tudo o que você nos contou.',
  released: 'Estamos procurando outra pessoa para o seu caso n.º {number}. Você não perdeu o lugar.',
  'still-looking':
    'Ainda estamos procurando alguém para o seu caso n.º {number}. Desculpe a espera; não esquecemos de você.',
  'returned-to-bot':
    '{agent} me devolveu a conversa. Sou o assistente automático: me conta, do que você precisa?',
  'confirm-solved': 'Ficou resolvido?',
  'option-solved-yes': 'Sim, ficou resolvido',
  'option-solved-no': 'Não, continua igual',
  'not-solved': 'Obrigado por avisar. {agent} continua com o seu caso.',
  'ask-rating': 'Que bom! Que nota você dá para o atendimento, de 1 a 5?',
  'rated-thanks': 'Obrigado pela sua opinião! Ela nos ajuda a melhorar.',
  reminder:
    'Você ainda está aí? Quando puder, responda à última mensagem para seguirmos com o seu caso n.º {number}.',
  'closed-abandoned':
    'Como não tivemos resposta, encerramos o seu caso n.º {number}. Se precisar, escreva aqui e continuamos de onde parou.',
  'outside-hours':
    'Agora não há ninguém da equipe: voltamos {when}. Enquanto isso, eu posso continuar ajudando você. O que prefere?',
  'option-wait': 'Espero aqui',
  'option-callback': 'Prefiro outro horário',
  'option-leave': 'Sigo com o assistente',
  'wait-chosen': 'Combinado. Escrevemos aqui assim que alguém pegar o seu caso.',
  'wait-chosen-until': 'Combinado. Voltamos {when} e escrevemos aqui; você não perdeu o lugar.',
  'callback-when':
    'Quando prefere que a gente entre em contato? Escolha um horário ou escreva com as suas palavras.',
  'callback-noted': 'Anotado: entramos em contato {when}.',
  'callback-noted-words': 'Anotado. Quem pegar o seu caso verá quando você prefere o contato.',
  'left-queue':
    'Combinado, não passo o caso n.º {number} para ninguém e continuo com você. Me conta, do que precisa?',
  'back-at': 'Essa equipe não está agora: volta {when}.',
  'queue-place':
    '{position, plural, =1 {Você é a próxima pessoa da fila} other {Seu lugar na fila é o {position}}}{range, select, none {.} withinMinutes {: a espera é de menos de {high, plural, =1 {um minuto} other {# minutos}}.} betweenMinutes {: a espera é de {low} a {high} minutos.} withinHours {: a espera é de menos de {high} horas.} other {: a espera é de {low} a {high} horas.}}',
  reopened: 'Reabrimos o seu caso n.º {number}. Uma pessoa vai continuar com tudo o que já foi conversado.',
  'question-asked':
    'Não tenho uma resposta segura para isso, então estou perguntando a uma pessoa da equipe. Assim que ela responder, aviso você por aqui; se demorar, passo você para alguém.',
  'question-added': 'Acrescentei isso ao que perguntei à equipe. Aviso assim que responderem.',
  'question-answered': 'Perguntei a {agent}, da nossa equipe, e a resposta é:\n\n{answer}\n\nAjudou?',
  'join-code':
    'Para continuar por outro canal ({channels}), envie por lá este código nos próximos 10 minutos: {code}. É só para você: não compartilhe.',
  joined: 'Pronto, já sei que é você. Continuamos aqui com a sua conversa, com tudo o que você já me contou.',
  'join-code-unknown':
    'Esse código não é válido ou já venceu. Peça outro no canal em que você estava escrevendo.',

  greeting:
    '{named, select, yes {Oi, {name}!} other {Oi!}} Sou o assistente automático de {company, select, none {suporte} other {{company}}}. Me conta, o que está acontecendo?',
  'greeting-again': 'Oi! Continuo aqui.',
  thanks: 'De nada! Se precisar de mais alguma coisa, é só escrever.',
  'thanks-did-it-help': 'De nada! Ajudou?',
  goodbye: 'Até logo! Se algo falhar de novo, é só escrever.',
  robot:
    'Sim, sou um assistente automático. Consigo resolver muita coisa e, quando você quiser falar com uma pessoa, é só dizer.',
  insult:
    'Entendo que é frustrante e peço desculpas. Me conta o que está falhando e eu tento; ou passo você para uma pessoa agora mesmo.',
  acknowledged: 'Certo. Posso ajudar em alguma coisa?',
  'take-your-time': 'Com calma. Quando testar, me diga se ajudou.',
  cancelled: 'Tudo bem, deixamos assim. Se precisar, é só escrever.',
  'did-it-help': 'Ajudou?',
  'only-in-es': 'Só tenho este guia em espanhol:',
  'only-in-en': 'Só tenho este guia em inglês:',
  'only-in-pt': 'Só tenho este guia em português:',
  'option-helped': 'Ajudou',
  'option-not-helped': 'Não ajudou',
  'option-person': 'Falar com uma pessoa',
  'option-none': 'Outra coisa',
  'option-tried-nothing': 'Nada ainda',
  clarify: 'Qual destas coisas está acontecendo?',
  'try-another': 'Que pena que não ajudou. Vamos tentar outra coisa:',
  'same-question': 'Parece que isso não resolveu. Vamos tentar outra coisa:',
  simpler: 'Claro, mais simples:',
  'no-simpler':
    'Não tenho uma explicação mais simples disso. Se quiser, uma pessoa acompanha você passo a passo.',
  'more-technical': 'Claro, com mais detalhes técnicos:',
  'no-more-technical': 'Não tenho mais detalhes técnicos disso. Se quiser, uma pessoa vê isso com você.',
  resolved: 'Que bom que funcionou! Se precisar de mais alguma coisa, é só escrever.',
  unknown: 'Não tenho uma resposta segura para isso e prefiro não inventar: é melhor que uma pessoa veja.',
  'unknown-alone': 'Sobre isso não tenho uma resposta certa e prefiro não inventar.',
  'sorry-alone': 'Sinto muito por não ter conseguido resolver.',
  'sorry-disliked': 'Que pena que não ajudou: é melhor que uma pessoa veja.',
  'passing-on-call': 'Claro, vou passar você para uma pessoa que pode ver isso com você por videochamada.',
  'option-call': 'Mostrar por vídeo',
  'passing-on': 'Claro, vou passar você para uma pessoa.',
  'ask-problem': 'Para você não precisar repetir: o que está acontecendo?',
  'ask-tried': 'Para não pedirem a mesma coisa de novo: o que você já tentou?',
  'intake-thanks': 'Obrigado, com isso já podem começar.',
  unsupported:
    'Ainda não consigo ver nem ouvir o que você enviou. Pode me contar com palavras? Ou, se preferir, passo você para uma pessoa.',
  unclear: 'Não entendi. Pode me contar em poucas palavras o que está acontecendo?',
  'tried-shown': 'Foi mostrado e não ajudou: {titles}',
  'tried-person': 'O que uma pessoa da equipe respondeu não ajudou.',
  'option-gone': 'Essa opção não está mais disponível. Me conta com suas palavras o que você precisa.',
  step: 'Passo {number} de {total}',
  'option-step-done': 'Feito, próximo',
  'option-step-failed': 'Não funcionou',
  'option-step-all': 'Ver tudo',
  'option-steps-resume': 'Voltar aos passos',
  'steps-done': 'Esses eram todos os passos.',
  'steps-resumed': 'Voltamos de onde paramos:',
  'tried-steps': 'Seguiu «{title}» e o passo {number} de {total} não funcionou: {step}',
  'same-guide': 'O mesmo guia diz:',
  'same-guide-holds': 'Para isso vale o mesmo guia; não tenho outro à parte.',
  about: 'Sobre «{question}»:',
  'left-part': 'Sobre «{question}» não tenho uma resposta segura; se quiser, uma pessoa pode ver isso.',
  'left-over': 'Que bom! Ficou pendente «{question}». Passo você para uma pessoa por causa disso?',
  'option-leave-it': 'Não precisa',

  ...callPt,
};
