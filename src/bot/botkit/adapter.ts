import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  type ResourceResponse,
  type TurnContext,
} from 'botbuilder-core';
import { RelevoError } from '../../core/errors.ts';
import { draftOf } from './draft-of.ts';

/**
 * Where Botkit believes it sends messages: nothing leaves, each line of a dialog is put into words and collected
 * in the turn's draft. A dialog's script holds names of lines only, so that neither a customer's words nor an
 * article's ever pass through Botkit's templates.
 */
export class CollectingAdapter extends BotAdapter {
  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const draft = draftOf(context);
    for (const { type, text } of activities) {
      if (type !== ActivityTypes.Message) continue;
      const saying = draft.lines.get(text ?? '');
      // Also how a prompt that failed to start comes to light: Botkit catches that error and says so in words.
      if (saying === undefined)
        throw new RelevoError('bot_line_unknown', `A dialog came to a line without words: ${text}`);
      draft.say(saying);
    }
    return activities.map(() => ({ id: '' }));
  }

  override async updateActivity(): Promise<void> {
    throw unsupported('updateActivity');
  }

  override async deleteActivity(): Promise<void> {
    throw unsupported('deleteActivity');
  }

  override async continueConversation(): Promise<void> {
    throw unsupported('continueConversation');
  }
}

function unsupported(what: string): RelevoError {
  return new RelevoError('bot_unsupported', `The dialogs never need ${what}.`);
}
