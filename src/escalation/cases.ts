import type { Clock } from '../core/clock.ts';
import type { Command } from '../core/command.ts';
import { type Agent, deadlineOf } from '../core/conversation.ts';
import { RelevoError } from '../core/errors.ts';
import type { Ids } from '../core/ids.ts';
import { addressKey, type Media, type MediaKind } from '../core/message.ts';
import { ladderOf, type Rules } from '../core/rules.ts';
import type { CaseFilter, Cases } from '../store/cases.ts';
import type { ConversationLog, Snapshot } from '../store/conversation-log.ts';
import type { Conversations, Handled } from '../store/conversations.ts';
import type { FileRow, Files, KeptBytes } from '../store/files.ts';
import type { Outbox } from '../store/outbox.ts';
import type { People } from '../store/people.ts';
import type { Signals } from '../store/signals.ts';
import { type BrandsOf, sees } from './agent-brands.ts';
import { briefOf } from './brief.ts';
import { withCalls } from './call-draft.ts';
import type { Calls } from './calls.ts';
import { callWorkOf } from './case-call.ts';
import { storyOf } from './case-story.ts';
import { abilitiesOf, plansOf, summaryOf, workOf } from './case-summary.ts';
import type { CallAction, CaseAction, CaseDesk, CaseQuery, CaseView } from './case-view.ts';
import type { Claims } from './claims.ts';
import { draftLogbook } from './logbook-draft.ts';
import { questionsFor, tierAsked } from './questions.ts';

/** What the agents' cases are made of. */
export interface CasesDeps {
  readonly conversations: Conversations;
  readonly log: ConversationLog;
  readonly cases: Cases;
  readonly outbox: Pick<Outbox, 'rows' | 'again'>;
  readonly people: Pick<People, 'join' | 'part' | 'joinedTo' | 'resolve'>;
  readonly files: Pick<Files, 'addKept' | 'own' | 'get' | 'ofConversation'>;
  /** The brands whose cases somebody may see: of another one's they are told that there is none. Absent: all see all. */
  readonly brandsOf?: BrandsOf;
  /** The bytes of files, by their ids. */
  readonly bytes: FileBytes;
  /** How long a channel lets us answer freely, in milliseconds; null: it sets no limit. */
  readonly replyWindowMs: (channel: string) => number | null;
  /** Absent: there are no video calls. */
  readonly calls?: Pick<Calls, 'prepare'> | undefined;
  /** Sends what is due of a conversation. */
  readonly deliver: (conversation: string) => void;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signals: Signals;
  readonly rules: () => Rules;
  /** Who may take cases, and whom they are for first. */
  readonly claims: Pick<Claims, 'refusal' | 'firstFor' | 'actingOn' | 'inTier' | 'idsOf' | 'alone'>;
}

/** Where the bytes of files are. */
export interface FileBytes {
  /** @throws RelevoError `media_too_large` */
  write(id: string, bytes: AsyncIterable<Uint8Array>): Promise<KeptBytes>;
  /** @throws RelevoError `no_such_media` */
  read(id: string): Promise<AsyncIterable<Uint8Array>>;
}

/** Commits shown of one case: a case with more shows its beginning and says so by its version. */
const maxCommits = 5_000;

/** Conversations with open questions that are looked at. */
const maxAsked = 200;

/** The cases as agents work on them, whichever desk they use. */
export function createCases(deps: CasesDeps): CaseDesk {
  const { conversations, log, rules, claims, brandsOf = async () => undefined } = deps;

  async function summaries(snapshots: readonly Snapshot[], agent: Agent): Promise<CaseView[]> {
    const offered = await claims.firstFor(snapshots, agent);
    return snapshots.map((snapshot) => {
      const { id, reach } = snapshot.state;
      return summaryOf(snapshot, rules(), deps.replyWindowMs(reach.channel), offered.get(id));
    });
  }

  async function summary(snapshot: Snapshot, agent: Agent): Promise<CaseView> {
    const [one] = await summaries([snapshot], agent);
    if (one === undefined) throw new Error('a case without a summary');
    return one;
  }

  /** The only way to a case. @param agent who asks: null when they do not see it, as when there is none */
  async function find(ref: string, agent: Agent): Promise<Snapshot | null> {
    const found = /^\d{1,15}$/u.test(ref) ? await deps.cases.findNumber(Number(ref)) : await log.load(ref);
    return found !== null && sees(await brandsOf(agent), found.state.brand) ? found : null;
  }

  return {
    async list(query) {
      const ids = query.view === 'mine' ? await claims.idsOf(query.agent) : [query.agent.id];
      const brands = await brandsOf(query.agent);
      const only = brands === undefined ? {} : { brands };
      const [lists, counts] = await Promise.all([
        Promise.all(ids.map((id) => deps.cases.list({ ...filterOf(query, id), ...only }))),
        deps.cases.counts(brands),
      ]);
      const cases = lists.length === 1 ? lists.flat() : lists.flat().sort(byDeadline);
      return { cases: await summaries(cases.slice(0, query.limit), query.agent), counts };
    },

    async open(ref, agent) {
      const snapshot = await find(ref, agent);
      if (snapshot === null) return null;
      const { state } = snapshot;
      const [commits, effects, files, joined, head, acting] = await Promise.all([
        log.commits(state.id, 0, maxCommits),
        deps.outbox.rows(state.id),
        deps.files.ofConversation(state.id),
        deps.people.joinedTo(state.address),
        summary(snapshot, agent),
        claims.actingOn(state, agent),
      ]);
      const brief = briefOf(state, commits);
      return {
        ...head,
        ...workOf(snapshot, rules()),
        brief,
        logbook: state.logbook,
        callWork: callWorkOf(state, acting),
        draft: withCalls(draftLogbook(state, brief, commits), commits, state.language),
        messages: storyOf(commits, { effects, files }),
        people: joined.map(({ address, at, by }) => ({
          key: addressKey(address),
          channel: address.channel,
          at,
          by,
        })),
        tiers: ladderOf(rules(), state)
          .filter(({ level }) => level > (head.tier ?? 0))
          .map(({ level, name }) => ({ level, name })),
        askable: ladderOf(rules(), state).map(({ level, name }) => ({ level, name })),
        plans: plansOf(state, rules()),
        can: abilitiesOf(snapshot, acting, rules()),
      };
    },

    act(ref, agent, action) {
      // What somebody holds is counted before they take more.
      return action.type === 'claim'
        ? claims.alone(agent, () => act(ref, agent, action))
        : act(ref, agent, action);
    },

    async questions(agent) {
      const asked = await deps.cases.withQuestions(maxAsked, await brandsOf(agent));
      return questionsFor(agent, asked, rules(), claims.inTier);
    },

    async upload(ref, agent, { name, bytes }) {
      const snapshot = await find(ref, agent);
      if (snapshot === null) return null;
      const id = deps.ids.id();
      const kept = await deps.bytes.write(id, bytes);
      const media: Media = { id, kind: kindOf(kept.type), name, bytes: kept.bytes, type: kept.type };
      const { channel } = snapshot.state.reach;
      await deps.files.addKept({ media, channel, kept, at: deps.clock.now() });
      await deps.files.own([id], snapshot.state.id);
      return { id, kind: media.kind, name, bytes: kept.bytes, type: kept.type, state: 'kept' };
    },

    async file(id, agent) {
      const row = await deps.files.get(id);
      if (row?.kept == null || (agent !== null && !(await seesFile(row, agent)))) return null;
      const { type, bytes } = row.kept;
      return { name: row.media.name ?? null, type, bytes, body: await deps.bytes.read(id) };
    },

    async sendAgain(ref, agent, message) {
      const snapshot = await find(ref, agent);
      if (snapshot === null || !message.startsWith(`${snapshot.state.id}.`)) return false;
      const again = await deps.outbox.again(message);
      if (again) deps.deliver(snapshot.state.id);
      return again;
    },

    async join(ref, agent, other) {
      const [mine, theirs] = await Promise.all([find(ref, agent), find(other, agent)]);
      if (mine === null || theirs === null) return 'not_found';
      if ((mine.state.brand ?? null) !== (theirs.state.brand ?? null)) return 'other_brand';
      const { address } = theirs.state;
      const to = mine.state.address;
      if (!(await deps.people.join({ address, to, at: deps.clock.now(), by: agent.name })))
        return 'same_person';
      const by = { kind: 'agent', agent } as const;
      const command = { type: 'record-joining', address, agent, joined: true } as const;
      await conversations.handle(mine.state.id, command, by);
      return 'done';
    },

    async part(ref, agent, key) {
      const snapshot = await find(ref, agent);
      if (snapshot === null) return false;
      const { id, address: to } = snapshot.state;
      const joined = (await deps.people.joinedTo(to)).find(({ address }) => addressKey(address) === key);
      if (joined === undefined || !(await deps.people.part(joined.address))) return false;
      const command = { type: 'record-joining', address: joined.address, agent, joined: false } as const;
      await conversations.handle(id, command, { kind: 'agent', agent });
      return true;
    },

    async mayHear(agent, brand) {
      return sees(await brandsOf(agent), brand);
    },

    async typing(ref, agent) {
      const snapshot = await find(ref, agent);
      const stage = snapshot?.state.stage;
      if (snapshot === null || stage?.kind !== 'claimed') return;
      if (stage.agent.id !== (await claims.actingOn(snapshot.state, agent)).id) return;
      deps.signals.publish(`agent-typing/${addressKey(snapshot.state.reach)}`);
    },
  };

  /** A file of no conversation is not yet sent: only whoever sees everything could ask for it. */
  async function seesFile({ conversation }: Pick<FileRow, 'conversation'>, agent: Agent): Promise<boolean> {
    const brands = await brandsOf(agent);
    if (brands === undefined) return true;
    const owner = conversation === null ? null : await log.load(conversation);
    return owner !== null && sees(brands, owner.state.brand);
  }

  /** A question that is no more is refused by the core. */
  async function mayAnswer({ state }: Snapshot, agent: Agent, number: number): Promise<boolean> {
    const question = state.questions.find((one) => one.number === number);
    return question === undefined || claims.inTier(agent, tierAsked(state, question, rules()));
  }

  async function act(ref: string, asking: Agent, action: CaseAction): ReturnType<CaseDesk['act']> {
    const snapshot = await find(ref, asking);
    if (snapshot === null) return { refused: { code: 'not_found' } };
    const { id, stage } = snapshot.state;
    const key = 'id' in action ? `desk/${encodeURIComponent(asking.id)}/${id}/${action.id}` : null;
    const agent = await claims.actingOn(snapshot.state, asking);
    const refused = action.type === 'claim' ? await claims.refusal(agent, snapshot.state) : null;
    if (refused !== null) return { refused };
    if (action.type === 'answer-question' && !(await mayAnswer(snapshot, agent, action.question))) {
      return { refused: { code: 'not_in_tier' } };
    }
    if (isCallAction(action)) return await call(snapshot, { agent, asking }, action);
    const attachments = action.type === 'reply' ? await attachmentsOf(id, action.files) : [];
    const command = commandOf(action, agent, attachments);
    // Another tier's people may be others.
    const asSeen = command.type === 'claim' && stage.kind === 'queued' ? { tier: stage.tier } : {};
    const handled = await conversations.handle(id, { ...command, ...asSeen }, { kind: 'agent', agent }, key);
    if (handled.kind === 'refused') return { refused: handled.refusal };
    return { case: await summary(await afterwards(handled, snapshot), asking) };
  }

  /** Files that were uploaded for this very case: no other's can be sent. @throws RelevoError `no_such_media` */
  async function attachmentsOf(conversation: string, ids: readonly string[]): Promise<Media[]> {
    const rows = await Promise.all(ids.map((id) => deps.files.get(id)));
    return rows.map((row) => {
      if (row?.conversation !== conversation || row.state !== 'kept') {
        throw new RelevoError('no_such_media', 'there is no such file in this case', {
          hint: 'Upload it to this case first.',
        });
      }
      return row.media;
    });
  }

  /** Links and bookings are made first; what is refused then is taken back. */
  async function call(
    snapshot: Snapshot,
    { agent, asking }: { readonly agent: Agent; readonly asking: Agent },
    action: CallAction,
  ): ReturnType<CaseDesk['act']> {
    const { state } = snapshot;
    const prepared = await deps.calls?.prepare(state, agent, action);
    if (prepared === undefined) return { refused: { code: 'no_video' } };
    if ('refused' in prepared) return prepared;
    const handled = await conversations.handle(state.id, prepared.command, { kind: 'agent', agent });
    await prepared.settle(handled.kind === 'done');
    if (handled.kind === 'refused') return { refused: handled.refusal };
    return { case: await summary(await afterwards(handled, snapshot), asking) };
  }

  async function afterwards(
    handled: Exclude<Handled, { kind: 'refused' }>,
    before: Snapshot,
  ): Promise<Snapshot> {
    if (handled.kind === 'done') return handled.snapshot;
    return (await log.load(handled.conversation)) ?? before;
  }
}

function byDeadline({ state: one }: Snapshot, { state: other }: Snapshot): number {
  return (deadlineOf(one.stage)?.at ?? 0) - (deadlineOf(other.stage)?.at ?? 0);
}

function filterOf({ view, tier, limit }: CaseQuery, agent: string): CaseFilter {
  const place = tier === undefined ? {} : { tier };
  switch (view) {
    case 'queue':
      return { stages: ['queued'], limit, ...place };
    case 'mine':
      return { stages: ['claimed', 'solved'], agent, limit, ...place };
    case 'open':
      return { stages: ['queued', 'claimed', 'solved'], limit, ...place };
    case 'closed':
      return { stages: ['closed'], limit, ...place };
  }
}

function isCallAction(action: CaseAction): action is CallAction {
  return ['call', 'offer-call-times', 'cancel-call', 'end-call'].includes(action.type);
}

function commandOf(
  action: Exclude<CaseAction, CallAction>,
  agent: Agent,
  attachments: readonly Media[],
): Command {
  switch (action.type) {
    case 'reply':
      return { type: 'reply', agent, text: action.text, attachments };
    case 'note':
      return { type: 'note', agent, text: action.text };
    case 'ask':
      return { type: 'ask', agent, tier: action.tier, text: action.text };
    case 'answer-question':
      return { type: 'answer-question', agent, question: action.question, answer: action.answer };
    case 'escalate':
    case 'assess':
    case 'to-vendor':
    case 'vendor-answered':
    case 'set-plan':
      return { ...action, agent };
    case 'solve':
      return { ...action, agent };
    default:
      return { type: action.type, agent };
  }
}

/** What a file is by its type. */
function kindOf(type: string): MediaKind {
  const [major] = type.split('/');
  return major === 'image' || major === 'audio' || major === 'video' ? major : 'document';
}
