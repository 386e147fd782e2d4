import type { FastifyBodyParser } from 'fastify';
import { HttpProblem } from './problem.ts';

type JsonParser = FastifyBodyParser<string>;

/**
 * Reads JSON bodies strictly: UTF-8 without faults, JSON without faults or poisoned prototypes, and no string
 * with a NUL or half a character, which no database could keep.
 * @param parseJson fastify's own parser, which refuses `__proto__` and `constructor.prototype`
 */
export function createJsonBody(parseJson: JsonParser): FastifyBodyParser<Buffer> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  return (request, bytes, done) => {
    if (bytes.length === 0 && request.method === 'DELETE') {
      done(null, undefined);
      return;
    }
    let text: string;
    try {
      text = utf8.decode(bytes);
    } catch {
      done(new HttpProblem(400, 'invalid_utf8', 'The body is not valid UTF-8.'));
      return;
    }
    parseJson(request, text, (error, value) => {
      if (error) return done(error);
      // Decoding has refused both in their plain form: only an escape can bring them in.
      const fault = text.includes('\\u') ? brokenText(value) : null;
      done(fault, value);
    });
  };
}

/** A NUL, or a surrogate without its other half. */
const broken = /[\0\p{Surrogate}]/u;

/** Walks without recursion: a body may be nested as deep as it is long. */
function brokenText(body: unknown): HttpProblem | null {
  const left: { value: unknown; path: string }[] = [{ value: body, path: '' }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string' && broken.test(value)) return invalidText(path);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      if (broken.test(key)) return invalidText(path, 'the name of a field');
      left.push({ value: child, path: path.length > 200 ? path : path === '' ? key : `${path}.${key}` });
    }
  }
  return null;
}

function invalidText(path: string, what = `the field "${path || 'body'}"`): HttpProblem {
  const message = 'holds a NUL or half of a surrogate pair';
  return new HttpProblem(400, 'invalid_text', `A text cannot be kept: ${what} ${message}.`, {
    errors: [{ path, message }],
  });
}
