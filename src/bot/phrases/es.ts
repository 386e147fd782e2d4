import { callEs } from './call-es.ts';
import type { Catalogue } from './catalogue.ts';

/** Neutral Latin American Spanish, tú. */
export const es: Catalogue = {
  'handed-over':
    'Te paso con una persona. Tu caso es el n.º {number}; lo que me contaste ya lo tiene, no hará falta repetirlo.',
  'handed-over-failure':
    'Perdona, tuve un problema y no puedo responderte bien. Te paso con una persona: tu caso es el n.º {number} y lo que escribiste ya está guardado.',
  'people-elsewhere':
    '{failed, select, yes {Perdona, tuve un problema y no puedo responderte bien. } other {}}{channels, select, none {Tu plan no incluye hablar con una persona por este canal.} other {Con tu plan, las personas del equipo atienden por {channels}: escríbenos ahí cuando quieras.}} Aquí sigo yo: cuéntame y te ayudo en lo que pueda.',
  claimed: '{agent} se ocupa de tu caso.',
  escalated: 'Tu caso n.º {number} pasa a un nivel con más experiencia. Ya tienen todo lo que nos contaste.',
  released: 'Estamos buscando a otra persona para tu caso n.º {number}. No perdiste tu lugar.',
  'still-looking':
    'Seguimos buscando a alguien para tu caso n.º {number}. Perdona la espera; no nos olvidamos de ti.',
  'returned-to-bot':
    '{agent} me devolvió la conversación. Soy el asistente automático: cuéntame, ¿qué necesitas?',
  'confirm-solved': '¿Quedó resuelto?',
  'option-solved-yes': 'Sí, quedó resuelto',
  'option-solved-no': 'No, sigue igual',
  'not-solved': 'Gracias por avisar. {agent} sigue con tu caso.',
  'ask-rating': '¡Qué bueno! ¿Cómo calificas la atención, de 1 a 5?',
  'rated-thanks': '¡Gracias por tu opinión! Nos ayuda a mejorar.',
  reminder:
    '¿Sigues ahí? Cuando puedas, responde al último mensaje para que podamos seguir con tu caso n.º {number}.',
  'closed-abandoned':
    'Como no tuvimos respuesta, cerramos tu caso n.º {number}. Si lo necesitas, escribe aquí y lo retomamos donde quedó.',
  'outside-hours':
    'Ahora no hay nadie del equipo: volvemos {when}. Mientras tanto yo puedo seguir ayudándote. ¿Qué prefieres?',
  'option-wait': 'Espero aquí',
  'option-callback': 'Prefiero otra hora',
  'option-leave': 'Sigo con el asistente',
  'wait-chosen': 'De acuerdo. Te escribimos aquí en cuanto alguien tome tu caso.',
  'wait-chosen-until': 'De acuerdo. Volvemos {when} y te escribimos aquí; no perdiste tu lugar.',
  'callback-when': '¿Cuándo te viene bien que te contactemos? Elige una hora o escríbela con tus palabras.',
  'callback-noted': 'Anotado: te contactamos {when}.',
  'callback-noted-words': 'Anotado. Quien tome tu caso verá cuándo prefieres que te contactemos.',
  'left-queue':
    'De acuerdo, dejo tu caso n.º {number} sin enviar a nadie y sigo contigo. Cuéntame, ¿qué necesitas?',
  'back-at': 'Ese equipo no está ahora: vuelve {when}.',
  'queue-place':
    '{position, plural, =1 {Eres la siguiente persona en la fila} other {Tu lugar en la fila es el {position}}}{range, select, none {.} withinMinutes {: la espera es de menos de {high, plural, =1 {un minuto} other {# minutos}}.} betweenMinutes {: la espera es de entre {low} y {high} minutos.} withinHours {: la espera es de menos de {high} horas.} other {: la espera es de entre {low} y {high} horas.}}',
  reopened: 'Reabrimos tu caso n.º {number}. Una persona lo retoma con todo lo que ya se habló.',
  'question-asked':
    'De esto no tengo una respuesta segura, así que se lo estoy preguntando a una persona del equipo. En cuanto me responda te lo digo por aquí; si tarda, te paso con alguien.',
  'question-added': 'Lo sumé a lo que le pregunté al equipo. Te digo apenas me respondan.',
  'question-answered': 'Le pregunté a {agent}, de nuestro equipo, y responde:\n\n{answer}\n\n¿Te sirvió?',
  'join-code':
    'Para seguir desde otro canal ({channels}), envía allí este código en los próximos 10 minutos: {code}. Es solo para ti: no lo compartas.',
  joined: 'Listo, ya sé que eres tú. Seguimos aquí con tu conversación, con todo lo que ya me contaste.',
  'join-code-unknown': 'Ese código no es válido o ya venció. Pide otro en el canal desde el que escribías.',

  greeting:
    '{named, select, yes {¡Hola, {name}!} other {¡Hola!}} Soy el asistente automático de {company, select, none {soporte} other {{company}}}. Cuéntame, ¿qué te pasa?',
  'greeting-again': '¡Hola! Aquí sigo.',
  thanks: '¡De nada! Si necesitas algo más, escríbeme.',
  'thanks-did-it-help': '¡De nada! ¿Te sirvió?',
  goodbye: '¡Hasta luego! Si vuelve a fallar algo, escríbeme cuando quieras.',
  robot:
    'Sí, soy un asistente automático. Puedo resolver muchas cosas y, cuando quieras hablar con una persona, solo dímelo.',
  insult:
    'Entiendo que es frustrante y lamento la molestia. Cuéntame qué falla y lo intento; o te paso con una persona ahora mismo.',
  acknowledged: 'Bien. ¿Hay algo en lo que te pueda ayudar?',
  'take-your-time': 'Con calma. Cuando lo pruebes, dime si te sirvió.',
  cancelled: 'De acuerdo, lo dejamos así. Si necesitas algo, escríbeme.',
  'did-it-help': '¿Te sirvió?',
  'only-in-es': 'Esta guía solo la tengo en español:',
  'only-in-en': 'Esta guía solo la tengo en inglés:',
  'only-in-pt': 'Esta guía solo la tengo en portugués:',
  'option-helped': 'Me sirvió',
  'option-not-helped': 'No me sirvió',
  'option-person': 'Hablar con una persona',
  'option-none': 'Otra cosa',
  'option-tried-nothing': 'Nada todavía',
  clarify: '¿Cuál de estas cosas te pasa?',
  'try-another': 'Lamento que no te haya servido. Probemos otra cosa:',
  'same-question': 'Parece que lo anterior no lo resolvió. Probemos otra cosa:',
  simpler: 'Claro, más sencillo:',
  'no-simpler':
    'No tengo una explicación más sencilla de esto. Si quieres, una persona te acompaña paso a paso.',
  'more-technical': 'Claro, con más detalle técnico:',
  'no-more-technical': 'No tengo más detalle técnico de esto. Si quieres, lo ves con una persona.',
  resolved: '¡Me alegra que haya funcionado! Si necesitas algo más, escríbeme.',
  unknown: 'De esto no tengo una respuesta segura y prefiero no inventar: mejor que lo vea una persona.',
  'unknown-alone': 'De esto no tengo una respuesta segura y prefiero no inventar.',
  'sorry-alone': 'Lamento no haber podido resolverlo.',
  'sorry-disliked': 'Lamento que no te haya servido: mejor que lo vea una persona.',
  'passing-on-call': 'Claro, te paso con una persona que puede verlo contigo por videollamada.',
  'option-call': 'Verlo por videollamada',
  'passing-on': 'Claro, te paso con una persona.',
  'ask-problem': 'Para que no tengas que repetirlo: ¿qué es lo que te pasa?',
  'ask-tried': 'Para que no te pidan lo mismo otra vez: ¿qué probaste hasta ahora?',
  'intake-thanks': 'Gracias, con eso ya pueden empezar.',
  unsupported:
    'Todavía no puedo ver ni escuchar lo que me enviaste. ¿Me lo cuentas con palabras? O, si prefieres, te paso con una persona.',
  unclear: 'No te entendí. ¿Me cuentas con unas palabras qué te pasa?',
  'tried-shown': 'Se le mostró y no le sirvió: {titles}',
  'tried-person': 'Lo que respondió una persona del equipo no le sirvió.',
  'option-gone': 'Esa opción ya no está disponible. Cuéntame con tus palabras qué necesitas.',
  step: 'Paso {number} de {total}',
  'option-step-done': 'Hecho, siguiente',
  'option-step-failed': 'No me funcionó',
  'option-step-all': 'Ver todo',
  'option-steps-resume': 'Seguir con los pasos',
  'steps-done': 'Esos eran todos los pasos.',
  'steps-resumed': 'Seguimos donde íbamos:',
  'tried-steps': 'Siguió «{title}» y el paso {number} de {total} no le funcionó: {step}',
  'same-guide': 'En la misma guía dice:',
  'same-guide-holds': 'Para eso vale la misma guía; no tengo una aparte.',
  about: 'Sobre «{question}»:',
  'left-part': 'De «{question}» no tengo una respuesta segura; si quieres, eso lo ve una persona.',
  'left-over': '¡Me alegra! Quedó pendiente «{question}». ¿Te paso con una persona para eso?',
  'option-leave-it': 'No hace falta',

  ...callEs,
};
