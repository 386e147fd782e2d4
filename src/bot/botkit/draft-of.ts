import type { TurnContext } from 'botbuilder-core';
import type { BotWorker } from 'botkit';
import { RelevoError } from '../../core/errors.ts';
import { Draft } from '../draft.ts';

const key = Symbol('draft');

/** Ties a draft to the turn that Botkit takes. */
export function setDraft(context: TurnContext, draft: Draft): void {
  context.turnState.set(key, draft);
}

/** The draft of the turn that a dialog's handler or the adapter is called in. */
export function draftOf(from: TurnContext | BotWorker): Draft {
  const context: TurnContext = 'getConfig' in from ? from.getConfig('context') : from;
  const draft: unknown = context.turnState.get(key);
  if (!(draft instanceof Draft)) throw new RelevoError('bot_no_draft', 'A dialog ran outside a turn.');
  return draft;
}
