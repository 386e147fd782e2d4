import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Conversation } from '../../core/conversation.ts';
import type { Signals } from '../../store/store.ts';
import { personOf } from '../access.ts';
import type { EventStream, EventStreams } from '../event-stream.ts';
import { eventStream } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

/** What the desk's stream reads of a conversation that changed. */
export interface CaseLog {
  load(conversation: string): Promise<{
    readonly state: Pick<Conversation, 'id' | 'number' | 'stage' | 'lastTier' | 'asked' | 'questions'>;
    readonly seq: number;
  } | null>;
}

/** What the stream of the desk is made of. */
export interface DeskStreamDeps {
  readonly conversations: CaseLog;
  readonly signals: Signals;
  readonly streams: EventStreams;
  /** Whether whoever opened a stream may still see it. */
  readonly stillAllowed: (request: FastifyRequest) => Promise<boolean>;
  readonly log: Logger;
}

/** Every change of any case, and who is writing. @returns ends it */
export function deskStreamRoute(app: WebApp, deps: DeskStreamDeps): () => void {
  const { conversations, log } = deps;
  const desks = new Set<EventStream>();
  const changed = new Set<string>();
  let reading = false;

  function tellAll(event: string, data: unknown): void {
    for (const desk of desks) desk.send({ event, data });
  }

  async function tellOf(id: string): Promise<void> {
    const snapshot = await conversations.load(id);
    if (snapshot === null) return;
    const { lastTier, asked, questions } = snapshot.state;
    if (lastTier === null && asked === 0) return;
    const { number, stage } = snapshot.state;
    tellAll('case', {
      id,
      number,
      version: snapshot.seq,
      stage: stage.kind,
      questions: questions.length,
    });
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
    if (kind === 'customer-typing') tellAll('typing', { id });
    if (kind === 'agent') tellAll('agent', { id });
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
        look: () => void endUnlessAllowed(deps, request, stream),
        closed: () => desks.delete(stream),
      });
      desks.add(stream);
      log.debug({ agent: agent.id, desks: desks.size }, 'a desk is watching');
      return reply;
    },
  });
  return unsubscribe;
}

async function endUnlessAllowed(
  { stillAllowed, log }: DeskStreamDeps,
  request: FastifyRequest,
  stream: EventStream,
): Promise<void> {
  try {
    if (!(await stillAllowed(request))) stream.end();
  } catch (error) {
    log.warn({ err: error }, 'it could not be checked whether a desk may still watch');
  }
}
