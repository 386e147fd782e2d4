import { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { SendError } from '../core/errors.ts';
import { isObject, textOf } from './payload.ts';
import { sdkLog } from './sdk-log.ts';
import type { SlackObject, SlackSettings, SlackUpload } from './slack-app.ts';
import { slackError } from './slack-error.ts';

/** Slack’s own root; another one is an emulator that also serves the files. */
export const slackRoot = 'https://slack.com/api/';
const filesHost = 'https://files.slack.com';
const timeoutMs = 15_000;

/** How every client of ours is set up: one try, an answer to each call, and what Slack says of its limits. */
export function clientOptions(apiUrl: string, log: Logger): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    allowAbsoluteUrls: true,
    logger: sdkLog(log),
  };
}

/** Slack's Web API, called once each time. */
export function createWebApi({ botToken, apiUrl }: SlackSettings, log: Logger) {
  const client = new webApi.WebClient(botToken, clientOptions(apiUrl, log));
  const hosts = new Set(apiUrl === slackRoot ? [filesHost] : [filesHost, new URL(apiUrl).origin]);

  const call = async (method: string, args: SlackObject): Promise<SlackObject> => {
    try {
      return { ...(await client.apiCall(method, { ...args })) };
    } catch (error) {
      throw slackError(method, error);
    }
  };

  return {
    call,

    async upload({ channel, threadTs, name, bytes }: SlackUpload): Promise<string> {
      const place =
        threadTs === null ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs };
      try {
        const { files } = await client.filesUploadV2({ ...place, file: Buffer.from(bytes), filename: name });
        const id = files[0]?.files?.[0]?.id;
        if (id !== undefined) return id;
      } catch (error) {
        throw slackError('files.uploadV2', error);
      }
      throw new SendError('slack_failed', 'Slack took a file and gave it no id');
    },

    async download(fileId: string): Promise<AsyncIterable<Uint8Array>> {
      const { file } = await call('files.info', { file: fileId });
      const address = textOf(file, 'url_private_download') ?? textOf(file, 'url_private');
      if (address === undefined || !URL.canParse(address) || !hosts.has(new URL(address).origin)) {
        throw new SendError('not_available', 'the file does not lie with Slack', { permanent: true });
      }
      return open(address, botToken, isObject(file) ? file.mimetype : undefined);
    },
  };
}

async function open(
  address: string,
  botToken: string,
  expectedType: unknown,
): Promise<AsyncIterable<Uint8Array>> {
  let response: Response;
  try {
    response = await fetch(address, {
      headers: { authorization: `Bearer ${botToken}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
    });
  } catch (error) {
    throw slackError('a download', error);
  }
  const { status, body } = response;
  if (status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? 1);
    throw new SendError('slack_failed', `Slack answered a download with HTTP ${status}`, {
      retryAfterMs: (Number.isFinite(seconds) ? seconds : 1) * 1_000,
    });
  }
  // Without the right to read files Slack shows its sign-in page instead.
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
  if (status !== 200 || body === null || (isPage && expectedType !== 'text/html')) {
    await body?.cancel();
    throw new SendError('not_available', `Slack did not hand the file out (HTTP ${status})`, {
      permanent: true,
      hint: 'The app needs the scope files:read.',
    });
  }
  return body;
}
