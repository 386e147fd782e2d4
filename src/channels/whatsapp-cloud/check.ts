import type { Clock } from '../../core/clock.ts';
import { SendError } from '../../core/errors.ts';
import type { Check } from '../channel.ts';
import type { Graph, GraphAnswer } from './graph.ts';
import { refusalOf } from './graph-error.ts';

/** How far our clock may be off the platform's. */
const maxSkewMs = 5 * 60_000;

/** What checking needs. */
export interface CheckDeps {
  readonly graph: Pick<Graph, 'get'>;
  readonly apiRoot: string;
  readonly phoneId: string;
  readonly clock: Clock;
  readonly publicUrl: string | null;
}

/** Checks the settings by one real call; each fault has its own line. Sends nothing. */
export async function checkSettings(deps: CheckDeps): Promise<readonly Check[]> {
  let answer: GraphAnswer;
  try {
    answer = await deps.graph.get(deps.phoneId, { fields: 'id,verified_name,quality_rating' });
  } catch (error) {
    const line = error instanceof SendError ? error.message : 'the call failed';
    return [
      {
        ok: false,
        line: `${new URL(deps.apiRoot).host}: ${line}`,
        hint: 'Is this computer allowed out to the internet, and is WHATSAPP_CLOUD_API_ROOT right?',
      },
    ];
  }
  return [...access(answer), clockLine(answer, deps.clock), webhookLine(deps.publicUrl), secretLine];
}

function access({ status, body }: GraphAnswer): Check[] {
  const token: Check = { ok: true, line: 'the access token is taken' };
  if (status === 200) return [token, { ok: true, line: 'the phone number id is right' }];
  const { code } = refusalOf(status, body);
  if (status === 401 || code === 190 || code === 0) {
    return [
      {
        ok: false,
        line: 'the access token is refused',
        hint: 'Wrong or expired: make a token of a system user that never expires and set WHATSAPP_CLOUD_TOKEN.',
      },
    ];
  }
  if (code === 10 || code === 3 || (code !== null && code >= 200 && code < 300)) {
    return [
      {
        ok: false,
        line: 'the access token may not use this phone number',
        hint: 'Give the system user the WhatsApp account, with whatsapp_business_messaging and whatsapp_business_management.',
      },
    ];
  }
  if (code === 100 || status === 404) {
    return [
      token,
      {
        ok: false,
        line: 'the phone number id is unknown to this token',
        hint: 'WHATSAPP_CLOUD_PHONE_ID is the “Phone number ID” under API Setup: neither the number nor the account id.',
      },
    ];
  }
  const told = code === null ? '' : `, code ${code}`;
  return [{ ok: false, line: `WhatsApp answered ${status}${told}`, hint: 'Try again in a few minutes.' }];
}

function clockLine({ date }: GraphAnswer, clock: Clock): Check {
  if (date === null) return { ok: true, line: 'the clock could not be compared: no date in the answer' };
  const offMs = clock.now() - date;
  if (Math.abs(offMs) <= maxSkewMs) return { ok: true, line: "the clock agrees with WhatsApp's" };
  const minutes = Math.round(Math.abs(offMs) / 60_000);
  return {
    ok: false,
    line: `the clock is ${minutes} minutes ${offMs > 0 ? 'ahead of' : 'behind'} WhatsApp's`,
    hint: "Set this computer's clock by NTP: the 24-hour window is measured with it.",
  };
}

function webhookLine(publicUrl: string | null): Check {
  if (publicUrl === null) {
    return {
      ok: false,
      line: 'no public address: WhatsApp cannot bring messages here',
      hint: 'Set PUBLIC_URL to the https address that leads here.',
    };
  }
  return { ok: true, line: `the webhook's address is ${publicUrl}/hooks/whatsapp-cloud` };
}

const secretLine: Check = {
  ok: true,
  line: 'the app secret and the verify token are only proven by the first webhook',
  hint: 'A wrong app secret shows as answers 401 in the log: write a message to the number and look.',
};
