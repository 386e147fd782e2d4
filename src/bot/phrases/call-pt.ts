import type { CallPhraseKey } from '../../core/call-phrase.ts';

/** What is told of video calls in Portuguese. */
export const callPt: Readonly<Record<CallPhraseKey, string>> = {
  'call-noted':
    'Anotado: você prefere ver isso por videochamada. Quem cuidar do seu caso vai propor um horário.',
  'call-no-minutes':
    'Seu plano não tem mais minutos de videochamada este mês. Seguimos por aqui: você pode mandar fotos, capturas de tela ou um vídeo e a gente vê do mesmo jeito.',
  'call-counted':
    'A videochamada usou {minutes, plural, =1 {um minuto} other {# minutos}} do seu plano; {left, plural, =0 {não resta nenhum} =1 {resta um} other {restam #}} este mês.',
  'call-now':
    '{agent} está convidando você para uma videochamada agora. Entre por este link, que é só seu: <{url}>\n\nAntes de entrar você verá se a câmera, o microfone e a conexão estão bem. Não precisa instalar nada.',
  'call-again': 'Este é o seu novo link para voltar à videochamada: <{url}>',
  'call-scheduled':
    'Sua videochamada com {agent} será {when}. Entre por este link, que é só seu e abre dez minutos antes: <{url}>\n\nEu aviso quando estiver perto.\n\n{file, select, yes {Envio também o compromisso para a sua agenda.} other {Para a sua agenda: <{url}/call.ics>}}',
  'call-moved':
    'Pronto, mudamos a videochamada com {agent}: agora é {when}. O link anterior não vale mais; este é o novo: <{url}>\n\n{file, select, yes {Envio também o compromisso para a sua agenda.} other {Para a sua agenda: <{url}/call.ics>}}',
  'call-times':
    '{agent} pode ver isso com você por videochamada. Quando fica bom? {guessed, select, yes {Como não sei o seu fuso, os horários são do {zone}.} other {Os horários são do {zone}.}}',
  'call-time-taken': 'Esse horário acabou de ser ocupado. Restam estes ({zone}):',
  'call-no-times':
    'No momento não há horários livres para uma videochamada. {agent} escreve para você assim que houver.',
  'call-reminder':
    'Lembrete: sua videochamada com {agent} é {when}. Seu link: <{url}>\n\nAinda fica bom para você?',
  'call-soon': 'Sua videochamada com {agent} começa em dez minutos. Você já pode entrar: <{url}>',
  'call-missed':
    'Não conseguimos nos encontrar na videochamada do seu caso nº {number}. Procuramos outro horário ou seguimos por aqui?',
  'call-missed-by-us':
    'Desculpe: {agent} não conseguiu chegar à videochamada. Seu caso nº {number} vai para outra pessoa, que já sabe que você queria mostrar por vídeo.',
  'call-cancelled': 'Tudo bem, cancelei a videochamada. Seguimos por aqui com o seu caso nº {number}.',
  'call-cancelled-by-us':
    '{agent} precisou cancelar a videochamada. Seu caso nº {number} continua aberto e seguimos por aqui.',
  'call-off':
    'A videochamada que tínhamos marcado não vale mais: quem continuar com o seu caso nº {number} vai propor outra.',
  'call-chat': 'Tudo bem, sem videochamada. Seguimos por aqui.',
  'call-declined-phone':
    'Tudo bem, sem vídeo. Vou avisar quem cuida do seu caso que você prefere falar por telefone.',
  'call-summary': 'O que vimos na videochamada:\n{text}',
  'call-advice': 'Recomendações:\n{text}',
  'option-call-move': 'Mudar o horário',
  'option-call-cancel': 'Cancelar',
  'option-call-again': 'Outro horário',
  'option-call-chat': 'Seguir por aqui',
  'ask-rating-call': 'Que bom! Que nota você dá ao atendimento, incluindo a videochamada, de 1 a 5?',
  'follow-up': 'Oi de novo. Há alguns dias resolvemos o seu caso: continua tudo bem?',
  'option-all-well': 'Sim, tudo bem',
  'option-not-well': 'Não, voltou a falhar',
  'all-well': 'Que bom! Obrigado por contar. Se algo mudar, escreva aqui.',
};
