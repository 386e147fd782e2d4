import type { Logger } from 'pino';
import type { Agent, Conversation } from '../../core/conversation.ts';
import type { Signals } from '../../store/signals.ts';
import { personOf } from '../access.ts';
import type { EventStream, EventStreams } from '../event-stream.ts';
import { eventStream } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

/** What the desk's stream reads of a conversation that changed. */
export interface CaseLog {
  load(conversation: string): Promise<{
    readonly state: Pick<
      Conversation,
      'id' | 'number' | 'stage' | 'lastTier' | 'asked' | 'questions' | 'brand'
    >;
    readonly seq: number;
  } | null>;
}

/** What the stream of the desk is made of. */
export interface DeskStreamDeps {
  readonly conversations: CaseLog;
  readonly signals: Signals;
  /** Whether somebody may hear of a brand's cases (null: of those without one, which only those hear who hear of all). */
  readonly mayHear: (agent: Agent, brand: string | null) => Promise<boolean>;
  readonly streams: EventStreams;
  readonly log: Logger;
}

/** Every change of any case, and who is writing. @returns ends it */
export function deskStreamRoute(app: WebApp, deps: DeskStreamDeps): () => void {
  const { conversations, log } = deps;
  const desks = new Map<EventStream, Agent>();
  const changed = new Set<string>();
  let reading = false;

  async function tellThose(brand: string | null, event: string, data: unknown): Promise<void> {
    await Promise.all(
      [...desks].map(async ([desk, agent]) => {
        if (await deps.mayHear(agent, brand)) desk.send({ event, data });
      }),
    );
  }

  async function tellOf(id: string): Promise<void> {
    const snapshot = await conversations.load(id);
    if (snapshot === null) return;
    const { lastTier, asked, questions, brand } = snapshot.state;
    if (lastTier === null && asked === 0) return;
    const { number, stage } = snapshot.state;
    await tellThose(brand, 'case', {
      id,
      number,
      version: snapshot.seq,
      stage: stage.kind,
      questions: questions.length,
    });
  }

  /** The case is read only where somebody hears of some brands alone. */
  async function tellTyping(id: string): Promise<void> {
    const agents = new Set(desks.values());
    const all = await Promise.all([...agents].map((agent) => deps.mayHear(agent, null)));
    const brand = all.every((one) => one) ? null : ((await conversations.load(id))?.state.brand ?? null);
    await tellThose(brand, 'typing', { id });
  }

  /** One read at a time: a case that changes ten times meanwhile is read once more. */
  async function tellChanges(): Promise<void> {
    if (reading) return;
    reading = true;
    for (const id of changed) {
      changed.delete(id);
      await tellOf(id).catch((error: unknown) => {
        log.warn({ err: error, conversation: id }, 'a change of a case could not be shown at the desk');
      });
    }
    reading = false;
  }

  const unsubscribe = deps.signals.subscribe((topic) => {
    if (desks.size === 0) return;
    const [kind, id] = topic.split('/', 2);
    if (id === undefined) return;
    if (kind === 'customer-typing') {
      tellTyping(id).catch((error: unknown) => {
        log.debug({ err: error, conversation: id }, 'a sign of typing could not be shown at the desk');
      });
    }
    if (kind === 'agent') for (const desk of desks.keys()) desk.send({ event: 'agent', data: { id } });
    if (kind !== 'case') return;
    changed.add(id);
    void tellChanges();
  });

  app.get('/api/desk/stream', {
    config: { allow: 'agent' },
    exposeHeadRoute: false,
    schema: {
      tags: ['cases'],
      summary: 'Changes of all cases as server-sent events',
      description:
        'Events: `case` (`{id, number, version, stage, questions}`: how many questions to tiers are open) and `typing` (`{id}`: that customer is writing).',
      response: eventStream,
    },
    handler: async (request, reply) => {
      const { agent } = personOf(request);
      const stream = deps.streams.open(reply, {
        look: () => undefined,
        closed: () => desks.delete(stream),
      });
      desks.set(stream, agent);
      log.debug({ agent: agent.id, desks: desks.size }, 'a desk is watching');
      return reply;
    },
  });
  return unsubscribe;
}
