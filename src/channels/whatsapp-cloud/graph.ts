import { Readable } from 'node:stream';
import { request } from 'undici';
import { z } from 'zod';
import { SendError } from '../../core/errors.ts';
import { refusalOf, sendErrorOf } from './graph-error.ts';

/** The few calls of Meta's Graph API that are used. Every call has a time limit, and none follows a redirect. */
export interface Graph {
  /** Sends what `/messages` takes. @returns the message's id; null where the call makes none */
  post(json: object): Promise<string | null>;
  /** Brings a file to the platform. @returns its id there, good for 30 days */
  upload(file: Upload): Promise<string>;
  /** Asks for an object. The answer as it is, refusals too. @throws SendError when there is none */
  get(path: string, query: Readonly<Record<string, string>>): Promise<GraphAnswer>;
}

/** A file on its way up. */
export interface Upload {
  readonly type: string;
  readonly bytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** An answer of the Graph API. */
export interface GraphAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The platform's clock, epoch milliseconds; null when it did not say. */
  readonly date: number | null;
}

/** Where the API is, and who we are there. */
export interface GraphAccess {
  /** Without a slash at the end. */
  readonly apiRoot: string;
  readonly token: string;
  readonly phoneId: string;
}

/** Together shorter than a worker holds a message. */
const callMs = 15_000;
const uploadMs = 30_000;

const sent = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
const uploaded = z.object({ id: z.string().min(1) });

/** Faults that happen before anything of a request is on its way. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Makes the calls. It never connects by itself. */
export function createGraph({ apiRoot, token, phoneId }: GraphAccess): Graph {
  const authorization = `Bearer ${token}`;
  const messagesUrl = `${apiRoot}/${phoneId}/messages`;

  async function call(url: string, init: RequestInit): Promise<Response & { readonly json: unknown }> {
    try {
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: { ...init.headers, authorization, accept: 'application/json' },
        signal: AbortSignal.timeout(callMs),
      });
      return Object.assign(response, { json: parsed(await response.text()) });
    } catch (cause) {
      throw silent(cause);
    }
  }

  return {
    async post(json) {
      const response = await call(messagesUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      });
      if (!response.ok) throw refused(response.status, response.json, response.headers.get('retry-after'));
      return sent.safeParse(response.json).data?.messages[0]?.id ?? null;
    },

    async upload({ type, bytes, body }) {
      const form = multipart(type, body);
      try {
        const {
          statusCode,
          headers,
          body: reply,
        } = await request(`${apiRoot}/${phoneId}/media`, {
          method: 'POST',
          headers: {
            authorization,
            'content-type': `multipart/form-data; boundary=${form.boundary}`,
            'content-length': String(form.framing + bytes),
          },
          body: form.body,
          signal: AbortSignal.timeout(uploadMs),
        });
        const json = parsed(await reply.text());
        if (statusCode >= 300) throw refused(statusCode, json, headers['retry-after']);
        const id = uploaded.safeParse(json).data?.id;
        if (id === undefined) throw new SendError('odd_answer', 'WhatsApp took a file and gave no id for it');
        return id;
      } catch (cause) {
        if (cause instanceof SendError) throw cause;
        // Without the file nothing was sent: it is safe to try again.
        throw new SendError('unreachable', 'a file could not be brought to WhatsApp', { cause });
      }
    },

    async get(path, query) {
      const response = await call(`${apiRoot}/${path}?${new URLSearchParams(query)}`, {});
      const date = Date.parse(response.headers.get('date') ?? '');
      return { status: response.status, body: response.json, date: Number.isNaN(date) ? null : date };
    },
  };
}

function refused(status: number, body: unknown, retryAfter: unknown): SendError {
  const seconds = Number(retryAfter ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
  return sendErrorOf(refusalOf(status, body), retryAfterMs);
}

/** No answer came: whether the call arrived is known only where it never left. */
function silent(cause: unknown): SendError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  if (neverLeft.has(code)) {
    return new SendError('unreachable', `WhatsApp's API cannot be reached (${code})`, { cause });
  }
  return new SendError('no_answer', "WhatsApp's API gave no answer", { unknown: true, cause });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function multipart(type: string, body: AsyncIterable<Uint8Array>) {
  const boundary = `relevo-${crypto.randomUUID()}`;
  const head = Buffer.from(
    [
      `--${boundary}`,
      'content-disposition: form-data; name="messaging_product"',
      '',
      'whatsapp',
      `--${boundary}`,
      'content-disposition: form-data; name="type"',
      '',
      type,
      `--${boundary}`,
      'content-disposition: form-data; name="file"; filename="file"',
      `content-type: ${type}`,
      '',
      '',
    ].join('\r\n'),
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* whole() {
    yield head;
    yield* body;
    yield tail;
  }
  return { boundary, framing: head.length + tail.length, body: Readable.from(whole()) };
}
