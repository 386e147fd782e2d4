import { describe, expect, it } from 'vitest';
import { botPhraseKeys } from '../../src/bot/phrases/catalogue.ts';
import { createBotSay, createSay } from '../../src/bot/phrases/say.ts';
import { languages } from '../../src/core/language.ts';
import { phraseKeys } from '../../src/core/phrase.ts';

const values = {
  failed: 'no',
  number: 12345,
  code: 'RELEVO-ABCD-2345',
  channels: 'WhatsApp, Telegram',
  agent: 'Ana {x} <b>',
  name: 'Ana',
  named: 'yes',
  titles: '«A»',
  title: 'A',
  total: 7,
  step: 'B',
  question: 'C',
  when: 'el lunes a las 9:00',
  position: 2,
  range: 'betweenMinutes',
  low: 5,
  high: 15,
  minutes: 12,
  left: 3,
  url: 'https://relevo.test/v/0123',
  zone: 'hora de Lima',
  guessed: 'yes',
  file: 'no',
  text: 'D',
  answer: 'E',
};

describe.each(languages)('the phrases in %s', (language) => {
  it.each([...phraseKeys, ...botPhraseKeys])('%s', (key) => {
    const text = createBotSay()(language, key, values);
    expect(text.trim()).toBe(text);
    expect(text).not.toBe('');
    expect(text.replace('Ana {x} <b>', '')).not.toMatch(/[{}]/u);
  });

  it('fit on buttons', () => {
    const say = createBotSay();
    for (const key of [...phraseKeys, ...botPhraseKeys].filter(
      (one) => one.startsWith('option-') && one !== 'option-gone',
    )) {
      expect(say(language, key).length, key).toBeLessThanOrEqual(24);
    }
  });
});

describe('what Relevo tells a customer', () => {
  it('names the case and the person, as they are', () => {
    const say = createSay();
    expect(say('es', 'handed-over', { number: 12345 })).toBe(
      'Te paso con una persona. Tu caso es el n.º 12345; lo que me contaste ya lo tiene, no hará falta repetirlo.',
    );
    expect(say('es', 'claimed', { agent: 'Ana {x} <b>', number: 1 })).toBe(
      'Ana {x} <b> se ocupa de tu caso.',
    );
    expect(say('pt', 'option-solved-yes')).toBe('Sim, ficou resolvido');
  });

  it('does not leave a gap where a value is missing', () => {
    expect(() => createSay()('es', 'claimed')).toThrow();
  });
});
