import { RelevoError } from '../../core/errors.ts';

const unstorableText = /[\0\p{Surrogate}]/u;

/**
 * Lets nothing pass that another engine could not keep, so that what is stored here can be moved anywhere.
 * @throws RelevoError `text_not_storable` when a text in it, or a key, holds NUL or half a surrogate pair
 */
export function assertStorable(value: unknown): void {
  if (typeof value === 'string') {
    if (unstorableText.test(value)) throw unstorable();
  } else if (Array.isArray(value)) {
    for (const one of value) assertStorable(one);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      assertStorable(key);
      assertStorable(one);
    }
  }
}

function unstorable(): RelevoError {
  return new RelevoError('text_not_storable', 'a text holds characters that the database cannot keep', {
    hint: 'Take NUL characters and lone surrogates out of the text before it is stored.',
  });
}
