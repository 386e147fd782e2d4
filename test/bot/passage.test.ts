import { describe, expect, it } from 'vitest';
import { passageOf } from '../../src/bot/passage.ts';

const answer = `La clave se cambia en la página de tu **router**.

1. Conéctate a tu red, mejor con cable.
2. Mira la etiqueta pegada abajo:
   trae el usuario y la dirección.
3. **Mac**: abre Safari y escribe la dirección.

Si no recuerdas el usuario, restablece el router.`;
const of = (question: string, title = 'Cambiar la clave del wifi') =>
  passageOf(answer, question, title, 'es');

describe('the passage that answers', () => {
  it.each([
    ['¿dónde está la etiqueta?', 'Mira la etiqueta pegada abajo: trae el usuario y la dirección.'],
    ['cómo lo hago en mi mac', 'Mac: abre Safari y escribe la dirección.'],
    ['no recuerdo nada', 'Si no recuerdas el usuario, restablece el router.'],
    ['cómo cambio la clave del wifi', 'La clave se cambia en la página de tu router.'],
    ['qué tal la pizza', 'La clave se cambia en la página de tu router.'],
    ['', 'La clave se cambia en la página de tu router.'],
  ])('%s', (question, passage) => {
    expect(of(question)?.text).toBe(passage);
  });

  it('shares words with the question that are not only those of the topic', () => {
    expect(of('la etiqueta')?.shared).toBe(1);
    expect(of('la clave')?.shared).toBe(0);
  });

  it('is short, however long the answer is', () => {
    const passage = passageOf(`${'palabra '.repeat(500)}final`, 'final', '', 'es');
    expect(passage?.text.length).toBeLessThanOrEqual(280);
    expect(passage?.text.endsWith('…')).toBe(true);
    expect(passageOf('x'.repeat(900), 'x', '', 'es')?.text.length).toBeLessThanOrEqual(280);
    expect(passageOf(' \n ', 'x', '', 'es')).toBeNull();
  });
});
