import { describe, expect, it } from 'vitest';
import { readMeaning } from '../../src/bot/meaning.ts';
import type { Meaning } from '../../src/core/command.ts';
import type { Language } from '../../src/core/language.ts';

type Row = [language: Language, meaning: Meaning['kind'] | number | null, texts: readonly string[]];

const rows: Row[] = [
  [
    'es',
    'yes',
    [
      'sí',
      'si',
      'Sí!',
      'siii',
      'si, ya funciona',
      'ya funciona',
      'ya quedó, gracias',
      'sí gracias',
      'Sí, muchas gracias!',
      'listo',
      'ya está',
    ],
  ],
  [
    'es',
    'yes',
    [
      'perfecto',
      'ok',
      'dale',
      'todo bien',
      'se solucionó',
      'funcionó!!',
      'ya anda',
      'me sirvió',
      'excelente, gracias',
      '👍',
      'gracias, ya está',
    ],
  ],
  [
    'es',
    'no',
    [
      'no',
      'NO',
      'no!',
      'nop',
      'sigue igual',
      'no funciona',
      'no, sigue igual',
      'todavía no',
      'para nada',
      'no me sirvió',
      'tampoco',
      'sigue fallando',
    ],
  ],
  [
    'es',
    'no',
    [
      'gracias pero sigue sin funcionar',
      'gracias, pero no funciona',
      'sí pero sigue igual',
      '👎',
      'no, no anda',
      'aún no',
    ],
  ],
  [
    'es',
    'thanks',
    [
      'gracias',
      'muchas gracias',
      'Mil gracias!!',
      'graciasss',
      'gracias por todo',
      'gracias, Marta',
      'muy amable',
      '🙏',
      'no, gracias',
    ],
  ],
  [
    'es',
    5,
    [
      '5',
      '5!',
      'cinco',
      '5 estrellas',
      'un 5',
      'le doy un 5',
      '★★★★★',
      '⭐⭐⭐⭐⭐',
      '5/5',
      '5 de 5',
      'cinco estrellas, gracias',
      '⭐️⭐️⭐️⭐️⭐️',
    ],
  ],
  ['es', 4, ['4', 'cuatro', '★★★★', 'te pongo un 4', '4 sobre 5']],
  ['es', 1, ['1', 'uno', '★', 'una estrella 1', '1 estrella']],
  [
    'es',
    null,
    [
      '',
      '   ',
      '10',
      '0',
      '6',
      '4.5',
      '45',
      '-3',
      'no me anda la impresora',
      'mi router tiene 5 luces',
      'hola',
      'sí pero ahora no imprime la impresora',
      '...',
      '1 o 2',
    ],
  ],
  [
    'es',
    null,
    [
      'si el router está apagado qué hago',
      'no entiendo qué significa la luz roja',
      'cómo cambio la clave',
      'gracias, ahora otra consulta sobre mi factura',
    ],
  ],
  [
    'en',
    'yes',
    [
      'yes',
      'Yep',
      'yes it works',
      'yes, it works now',
      'all good',
      'it worked!',
      'fixed, thanks',
      'works great'.replace(' great', ''),
      'sure',
      'solved',
    ],
  ],
  [
    'en',
    'no',
    [
      'no',
      'nope',
      "it doesn't work",
      'still not working',
      'no, still the same',
      "thanks but it didn't work",
      'not yet',
      "it still doesn't work",
      'didnt work',
    ],
  ],
  ['en', 'thanks', ['thanks', 'thank you so much', 'thx', 'Thanks, Ana', 'no, thanks', 'no thank you']],
  ['en', 3, ['3', 'three', '3 stars', 'three stars', 'I give it a 3', '3 out of 5', '★★★']],
  [
    'en',
    null,
    [
      'yes but my printer is offline',
      'maybe',
      'I have one more question',
      'how do I reset it',
      '7',
      'one of the lights is red',
    ],
  ],
  [
    'pt',
    'yes',
    [
      'sim',
      'Sim!',
      'sim, obrigado',
      'já funciona',
      'deu certo',
      'resolvido',
      'funcionou, obrigada',
      'tudo certo',
      'beleza',
      'consegui',
    ],
  ],
  [
    'pt',
    'no',
    [
      'não',
      'nao',
      'não funcionou',
      'continua igual',
      'não deu certo',
      'ainda não',
      'obrigado, mas não funcionou',
      'não resolveu',
    ],
  ],
  ['pt', 'thanks', ['obrigado', 'muito obrigada', 'valeu', 'obg', 'não, obrigado']],
  ['pt', 2, ['2', 'dois', '2 estrelas', 'duas estrelas'.replace('duas', 'dois'), 'nota 2', '⭐⭐']],
  ['pt', null, ['sim mas agora não imprime a impressora', 'talvez', 'qual é o meu plano']],
];

describe('what a reply means', () => {
  const table = rows.flatMap(([language, meaning, texts]) =>
    texts.map((text) => ({ language, meaning, text })),
  );
  it.each(table)('$language: "$text" is $meaning', ({ language, meaning, text }) => {
    const read = readMeaning(text, language);
    const expected =
      meaning === null
        ? null
        : typeof meaning === 'number'
          ? { kind: 'rating', stars: meaning }
          : { kind: meaning };
    expect(read).toEqual(expected);
  });

  it('is nothing for a very long text', () => {
    expect(readMeaning('sí '.repeat(5_000), 'es')).toBeNull();
  });
});
