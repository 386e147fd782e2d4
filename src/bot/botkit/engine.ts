import { ActivityTypes, type ConversationAccount, TurnContext } from 'botbuilder-core';
import { type DialogContext, DialogContextError, DialogTurnStatus } from 'botbuilder-dialogs';
import { Botkit, type BotkitConversation } from 'botkit';
import type { ZodType } from 'zod';
import { RelevoError } from '../../core/errors.ts';
import type { Draft } from '../draft.ts';
import type { Place } from '../memory.ts';
import { interrupt, openTurn } from '../open-turn.ts';
import { CollectingAdapter } from './adapter.ts';
import { clarifyDialog, clarifyVars } from './clarify.ts';
import { setDraft } from './draft-of.ts';
import { feedbackDialog, feedbackVars } from './feedback.ts';
import { intakeDialog, intakeVars } from './intake.ts';
import { stepsDialog, stepsVars } from './steps.ts';
import { createTurnStorage } from './storage.ts';

/** Runs turns through Botkit's dialogs. */
export interface Engine {
  /** Whether a dialog can go on from a remembered place: it is still there, and so are its variables. */
  knows(place: Place): boolean;
  /**
   * Takes one turn; the draft has the decision afterwards.
   * @param place where a dialog waits; null when none is under way
   * @returns where a dialog waits now
   * @throws whatever a dialog throws
   */
  run(draft: Draft, place: Place | null): Promise<Place | null>;
}

interface Dialog {
  readonly conversation: BotkitConversation;
  readonly vars: ZodType;
}

/** Dialogs that begin one after the other within a turn; more is a fault. */
const mostDialogs = 4;
const channelId = 'relevo';
/** Where the library keeps for one turn what never differs between two. */
const scopesKey = 'DialogStateManagerConfiguration';
const customer = 'customer';

/**
 * Botkit as the engine of the dialogs, without its web server and console.
 * Its `handleTurn` is not used: an exception in there neither settles its promise nor reaches anybody, and ends
 * the process as an unhandled rejection. The few steps of a turn are done here, where errors go to the caller.
 */
export function createEngine(): Engine {
  const storage = createTurnStorage();
  const adapter = new CollectingAdapter();
  const controller = new Botkit({ disable_webserver: true, disable_console: true, storage, adapter });
  const dialogs = new Map<string, Dialog>([
    ['clarify', { conversation: clarifyDialog(controller), vars: clarifyVars }],
    ['intake', { conversation: intakeDialog(controller), vars: intakeVars }],
    ['steps', { conversation: stepsDialog(controller), vars: stepsVars }],
    ['feedback', { conversation: feedbackDialog(controller), vars: feedbackVars }],
  ]);
  // Not `addDialog`: its wrapper would put a random id into every memory.
  for (const { conversation } of dialogs.values()) controller.dialogSet.add(conversation);
  let turns = 0;
  // Making them costs more than what most turns do.
  let scopes: unknown;

  async function takeTurn(draft: Draft, context: TurnContext): Promise<void> {
    const dialog = await controller.dialogSet.createContext(context);
    const worker = await controller.spawn(dialog);
    if (!interrupt(draft, dialog.stack[0]?.id ?? null)) {
      const { status } = await dialog.continueDialog();
      if (status === DialogTurnStatus.empty) openTurn(draft);
    }
    await beginDialogs(draft, dialog);
    await controller.saveState(worker);
  }

  return {
    knows({ dialog, thread, step, values }) {
      const known = dialogs.get(dialog);
      if (known === undefined || !known.vars.safeParse(values).success) return false;
      const script: unknown = known.conversation.script[thread];
      return Array.isArray(script) && step < script.length;
    },
    async run(draft, place) {
      // One key a turn: a turn that was given up but still runs can never touch the next one's state.
      turns += 1;
      const id = `${draft.turn.conversation}/${turns}`;
      const key = `${channelId}/conversations/${id}-${customer}/`;
      const context = new TurnContext(adapter, {
        type: ActivityTypes.Message,
        channelId,
        conversation: { id } as ConversationAccount,
        from: { id: customer, name: customer },
        // The dialogs read the draft; to Botkit the text only means that somebody spoke.
        text: '-',
        channelData: {},
      });
      if (scopes !== undefined) context.turnState.set(scopesKey, scopes);
      setDraft(context, draft);
      storage.put(key, { dialogState: { dialogStack: place === null ? [] : [stackEntry(place)] } });
      try {
        await takeTurn(draft, context);
        scopes ??= context.turnState.get(scopesKey);
        return placeIn(storage.take(key));
      } catch (error) {
        // Botkit's wrapping carries the dialog's variables, so what the customer wrote: they stay out of logs.
        throw error instanceof DialogContextError ? error.error : error;
      } finally {
        storage.take(key);
      }
    },
  };
}

/** A dialog that decides on another one ends first: they never pile up on Botkit's stack. */
async function beginDialogs(draft: Draft, dialog: DialogContext): Promise<void> {
  for (let begun = 0; ; begun += 1) {
    const beginning = draft.takeBeginning();
    if (beginning === null) return;
    if (begun === mostDialogs)
      throw new RelevoError('bot_loop', 'The dialogs of one turn kept beginning others.');
    await dialog.cancelAllDialogs();
    await dialog.beginDialog(beginning.dialog, { ...beginning.values });
  }
}

/** The question's prompt above it on the stack is left out: it holds nothing, and Botkit goes on without it. */
function stackEntry({ dialog, thread, step, values }: Place): object {
  return { id: dialog, state: { options: {}, values, thread, stepIndex: step } };
}

function placeIn(state: { dialogState?: { dialogStack?: StackEntry[] } } | undefined): Place | null {
  const entry = state?.dialogState?.dialogStack?.[0];
  if (entry === undefined) return null;
  const { thread, stepIndex, values } = entry.state;
  return { dialog: entry.id, thread, step: stepIndex, values };
}

interface StackEntry {
  readonly id: string;
  readonly state: { readonly thread: string; readonly stepIndex: number; readonly values: Place['values'] };
}
