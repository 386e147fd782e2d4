import type { Conversation } from '../core/conversation.ts';
import type { Commit, HandOverReason } from '../core/event.ts';
import type { Intake } from '../core/logbook.ts';
import { choices } from '../core/message.ts';

/** An article the bot showed and what the customer said of it; null: nothing. */
export interface ShownArticle {
  readonly article: string;
  readonly title: string;
  readonly liked: boolean | null;
}

/** What whoever takes a case needs to know before the first word. */
export interface Brief {
  /** The customer's first words. */
  readonly question: string | null;
  readonly intake: Intake | null;
  /** Why the bot gave it away; null when it never did. */
  readonly reason: HandOverReason | null;
  readonly answered: readonly ShownArticle[];
  /** Who had the case and how it moved, oldest first. */
  readonly moves: readonly Move[];
}

/** One change of hands. */
export interface Move {
  readonly at: number;
  readonly kind:
    | 'handed-over'
    | 'claimed'
    | 'escalated'
    | 'lease-expired'
    | 'returned-to-bot'
    | 'reopened'
    | 'solution-refused';
  readonly tier: number | null;
  readonly agent: string | null;
  readonly reason: string | null;
}

/** The brief of a case, read off its log. Pure. */
export function briefOf(state: Conversation, commits: readonly Commit[]): Brief {
  const answered: ShownArticle[] = [];
  const moves: Move[] = [];
  let reason: HandOverReason | null = null;
  for (const { at, events } of commits) {
    for (const event of events) {
      const move = (kind: Move['kind'], more: Partial<Move> = {}): void => {
        moves.push({ at, kind, tier: null, agent: null, reason: null, ...more });
      };
      switch (event.type) {
        case 'customer-wrote': {
          const liked = opinionOf(event.content);
          const last = answered.at(-1);
          if (liked !== null && last !== undefined) answered[answered.length - 1] = { ...last, liked };
          break;
        }
        case 'said':
          if (event.from !== 'bot') break;
          answered.push(...event.sources.map(({ article, title }) => ({ article, title, liked: null })));
          break;
        case 'handed-over':
          reason = event.reason;
          move('handed-over', { tier: event.tier, reason: event.reason });
          break;
        case 'claimed':
        case 'lease-expired':
        case 'returned-to-bot':
          move(event.type, { agent: event.agent.name });
          break;
        case 'escalated': {
          const by = typeof event.by === 'string' ? null : event.by.name;
          const why = typeof event.by === 'string' ? event.by : event.reason;
          move('escalated', { tier: event.tier, agent: by, reason: why });
          break;
        }
        case 'reopened':
          move('reopened', { tier: event.to === 'tier' ? event.tier : null });
          break;
        case 'solution-refused':
          move('solution-refused');
          break;
        default:
          break;
      }
    }
  }
  return { question: state.subject, intake: state.intake, reason, answered, moves };
}

function opinionOf(content: { kind: string; option?: string }): boolean | null {
  if (content.option === choices.helped) return true;
  return content.option === choices.notHelped ? false : null;
}
