import type { Logger } from 'pino';
import { createBotkitBot } from './bot/create-bot.ts';
import { ownChoices } from './bot/render-answer.ts';
import { channelPreviews } from './channels/registry.ts';
import type { Article } from './core/article.ts';
import type { Saying } from './core/command.ts';
import type { Json } from './core/json.ts';
import type { Content, OutboundMessage } from './core/message.ts';
import type { PreviewArticle, PreviewedArticle } from './http/article-preview.ts';
import type { Knowledge } from './kb/knowledge.ts';

/** A word that asks for nothing and is in no language: the article is the answer to it. */
const question = 'Relevo';
const turnMs = 10_000;
/** Steps of a guide that are shown. */
const maxSteps = 20;

/** Shows articles as the product's own bot says them and its own channels write them. The bot is made when it is first asked for. */
export function openPreview(log: Logger): PreviewArticle {
  return async (shown) => {
    if (shown.text.trim() === '') return [];
    const [whole, stepwise] = await Promise.all([said(shown, false, log), said(shown, true, log)]);
    return channelPreviews.map(({ channel, title, handheld, show }) => ({
      channel,
      title,
      messages: (handheld ? stepwise : whole).flatMap((saying) => show(messageOf(saying, shown))),
    }));
  };
}

/** What the bot says when it is sure that the article answers, to a customer for whom every step of it works. */
async function said(
  { language, title, text, video }: PreviewedArticle,
  handheld: boolean,
  log: Logger,
): Promise<readonly Saying[]> {
  const article: Article = {
    id: 'preview',
    language,
    title,
    examples: [],
    answer: text,
    tags: [],
    ...(video ? { video } : {}),
  };
  const knowledge: Knowledge = {
    article: () => article,
    ask: () => ({
      decision: 'answer',
      confidence: 1,
      candidates: [{ article, probability: 1 }],
      version: 1,
    }),
  };
  const bot = await createBotkitBot({ knowledge, log });
  const whole: Saying[] = [];
  let content: Content | null = { kind: 'text', text: question };
  let memory: Json = null;
  for (let step = 0; content !== null && step < maxSteps; step += 1) {
    const decision = await bot.take(
      {
        conversation: 'preview',
        language,
        customerName: null,
        messages: [content],
        memory,
        shown: whole.flatMap(({ sources }) => sources),
        intake: null,
        handheld,
        mayCall: true,
      },
      AbortSignal.timeout(turnMs),
    );
    whole.push(...decision.say);
    memory = decision.memory;
    const next = decision.say.flatMap(({ options }) => options).find(({ id }) => id === ownChoices.stepDone);
    content = next === undefined ? null : { kind: 'choice', option: next.id };
  }
  return whole;
}

function messageOf(
  { text, options, sources }: Saying,
  { language, title }: PreviewedArticle,
): OutboundMessage {
  return {
    name: 'preview',
    conversation: 'preview',
    to: { channel: '', account: '', user: '' },
    from: 'bot',
    text,
    options,
    sources,
    attachment: null,
    language,
    number: 1,
    subject: title,
    answers: null,
  };
}
