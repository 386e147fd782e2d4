import { describe, expect, it } from 'vitest';
import { redact, withoutPersonalData } from '../../src/kb/redact.ts';

describe('personal data in what people wrote', () => {
  it.each([
    ['escríbanme a Eva.Pérez+casa@correo.example.org, gracias', 'escríbanme a [e-mail], gracias'],
    ['mi tarjeta 4111 1111 1111 1111 no pasa', 'mi tarjeta [card] no pasa'],
    ['tarjeta 4111-1111-1111-1111', 'tarjeta [card]'],
    ['llámame al +54 9 11 5555-1234 hoy', 'llámame al [phone] hoy'],
    ['call (555) 123 4567', 'call [phone]'],
    ['mi dni es 12345678', 'mi dni es [number]'],
    ['caso 1234567890123456789012', 'caso [number]'],
    ['cuenta ES9121000418450200051332', 'cuenta [number]'],
    ['serie SN-4821-XK-9912-77', 'serie [number]'],
  ])('%j is redacted', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each([
    'pago 300 megas y llegan 20',
    'windows 11 y office 2024',
    'entro en 192.168.100.1 y no abre',
    'el código 0x0000007E',
    'error 12029',
    'mi impresora HP DeskJet 2720e',
  ])('%j is left as it is', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('leaves no mark in an example', () => {
    expect(withoutPersonalData('no puedo entrar con eva@example.org  a la cuenta 12345678 ')).toBe(
      'no puedo entrar con a la cuenta',
    );
  });

  it('takes no time on hostile texts', () => {
    const started = performance.now();
    for (const text of ['1 '.repeat(5_000), 'a@'.repeat(5_000), '1a'.repeat(5_000), '(((('.repeat(2_500)])
      redact(text);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
