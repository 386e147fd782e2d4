import type { CallPhraseKey } from '../../core/call-phrase.ts';

/** What is told of video calls in Spanish. */
export const callEs: Readonly<Record<CallPhraseKey, string>> = {
  'call-noted': 'Anotado: prefieres verlo por videollamada. Quien lleve tu caso te propone cuándo.',
  'call-no-minutes':
    'Tu plan no tiene minutos de videollamada disponibles este mes. Seguimos por aquí: puedes enviar fotos, capturas o un video y lo vemos igual.',
  'call-counted':
    'La videollamada usó {minutes, plural, =1 {un minuto} other {# minutos}} de tu plan; {left, plural, =0 {no te queda ninguno} =1 {te queda uno} other {te quedan #}} este mes.',
  'call-now':
    '{agent} te invita a una videollamada ahora. Entra con este enlace, que es solo para ti: <{url}>\n\nAntes de entrar verás si tu cámara, tu micrófono y tu conexión están bien. No hace falta instalar nada.',
  'call-again': 'Este es tu nuevo enlace para volver a la videollamada: <{url}>',
  'call-scheduled':
    'Tu videollamada con {agent} quedó para {when}. Entra con este enlace, que es solo para ti y se abre diez minutos antes: <{url}>\n\nTe lo recuerdo cuando se acerque.\n\n{file, select, yes {Te mando la cita para tu calendario.} other {Para tu calendario: <{url}/call.ics>}}',
  'call-moved':
    'Listo, cambiamos la videollamada con {agent}: ahora es {when}. El enlace de antes ya no vale; este es el nuevo: <{url}>\n\n{file, select, yes {Te mando la cita para tu calendario.} other {Para tu calendario: <{url}/call.ics>}}',
  'call-times':
    '{agent} puede verlo contigo por videollamada. ¿Cuándo te viene bien? {guessed, select, yes {Como no sé en qué zona estás, las horas son de {zone}.} other {Las horas son de {zone}.}}',
  'call-time-taken': 'Esa hora acaba de ocuparse. Quedan estas ({zone}):',
  'call-no-times':
    'Por ahora no hay horas libres para una videollamada. {agent} te escribe en cuanto haya una.',
  'call-reminder':
    'Recuerda: tu videollamada con {agent} es {when}. Tu enlace: <{url}>\n\n¿Te sigue viniendo bien?',
  'call-soon': 'En diez minutos empieza tu videollamada con {agent}. Ya puedes entrar: <{url}>',
  'call-missed':
    'No llegamos a encontrarnos en la videollamada de tu caso n.º {number}. ¿Buscamos otra hora o seguimos por aquí?',
  'call-missed-by-us':
    'Perdona: {agent} no pudo llegar a la videollamada. Tu caso n.º {number} pasa a otra persona, que ya sabe que querías verlo por video.',
  'call-cancelled': 'De acuerdo, cancelé la videollamada. Seguimos por aquí con tu caso n.º {number}.',
  'call-cancelled-by-us':
    '{agent} tuvo que cancelar la videollamada. Tu caso n.º {number} sigue abierto y lo vemos por aquí.',
  'call-off':
    'La videollamada que teníamos prevista queda sin efecto: quien siga con tu caso n.º {number} te propondrá otra.',
  'call-chat': 'De acuerdo, sin videollamada. Seguimos por aquí.',
  'call-declined-phone':
    'De acuerdo, sin video. Le aviso a quien lleva tu caso que prefieres hablar por teléfono.',
  'call-summary': 'Lo que vimos en la videollamada:\n{text}',
  'call-advice': 'Recomendaciones:\n{text}',
  'option-call-move': 'Cambiar la hora',
  'option-call-cancel': 'Cancelar',
  'option-call-again': 'Otra hora',
  'option-call-chat': 'Seguir por aquí',
  'ask-rating-call': '¡Qué bueno! ¿Cómo calificas la atención, videollamada incluida, de 1 a 5?',
  'follow-up': 'Hola de nuevo. Hace unos días resolvimos tu caso: ¿sigue todo bien?',
  'option-all-well': 'Sí, todo bien',
  'option-not-well': 'No, volvió a fallar',
  'all-well': '¡Qué bueno! Gracias por contarnos. Si algo cambia, escribe aquí.',
};
