import type { Commit, Event } from '../../core/event.ts';
import { addressKey } from '../../core/message.ts';
import type { KnowledgeLog } from '../read-log.ts';
import { sideOf, takesPart } from './side.ts';
import { noCounts, type Side, type SideCounts, type Trial, type TrialCounts } from './trial.ts';

/** Counts a trial's customers from the log, on and on. */
export interface TrialCounter {
  /** Reads what happened until a moment, in epoch milliseconds, and counts. */
  count(until: number): Promise<TrialCounts>;
}

/** What became of a conversation: each flag is set once and never taken back, so that commits may come in any order, and twice. */
interface Course {
  started: { readonly at: number; readonly customer: string; readonly brand: string | null } | null;
  disliked: boolean;
  handedOver: boolean;
  closed: boolean;
  resolved: boolean;
}

const pageCommits = 1_000;
/** Commits carry the clock of the process that wrote them: so much is read again each time. */
const overlapMs = 5_000;

/**
 * Counts each customer's first conversation since the trial began: later ones depend on how that went, and would make the
 * coin that divides customers unfair.
 */
export function createTrialCounter(trial: Trial, log: KnowledgeLog): TrialCounter {
  const courses = new Map<string, Course>();
  let place: Pick<Commit, 'at' | 'conversation' | 'seq'> = { at: trial.startedAt, conversation: '', seq: 0 };

  function add({ conversation, at, events }: Commit): void {
    const course = courses.get(conversation) ?? {
      started: null,
      disliked: false,
      handedOver: false,
      closed: false,
      resolved: false,
    };
    courses.set(conversation, course);
    const closes = events.some(({ type }) => type === 'closed');
    for (const event of events) addEvent(course, event, at, closes);
  }

  return {
    async count(until) {
      let from = { ...place, at: Math.max(trial.startedAt, place.at - overlapMs), conversation: '', seq: 0 };
      for (;;) {
        const page = await log.since(from, until, pageCommits);
        for (const commit of page) add(commit);
        const last = page.at(-1);
        if (last === undefined) break;
        from = last;
        place = last;
        if (page.length < pageCommits) break;
      }
      return countsOf(trial, [...courses.values()]);
    },
  };
}

function addEvent(course: Course, event: Event, at: number, closes: boolean): void {
  switch (event.type) {
    case 'started':
      course.started = { at, customer: addressKey(event.address), brand: event.brand ?? null };
      break;
    case 'bot-took-turn':
      if (event.outcome.kind === 'feedback' && !closes) course.disliked = true;
      break;
    case 'handed-over':
      course.handedOver = true;
      if (event.reason === 'disliked') course.disliked = true;
      break;
    case 'closed':
      course.closed = true;
      if (event.outcome.by === 'bot' && event.outcome.how !== 'abandoned') course.resolved = true;
      break;
    default:
      break;
  }
}

function countsOf(trial: Trial, courses: readonly Course[]): TrialCounts {
  const first = new Map<
    string,
    { readonly brand: string | null; readonly at: number; readonly course: Course }
  >();
  for (const course of courses) {
    const { started } = course;
    if (started === null || started.at < trial.startedAt || !takesPart(trial, started.brand)) continue;
    const known = first.get(started.customer);
    if (known === undefined || started.at < known.at)
      first.set(started.customer, { brand: started.brand, at: started.at, course });
  }
  const counts = { live: noCounts, candidate: noCounts };
  const byBrand: Record<string, Record<Side, SideCounts>> = {};
  for (const [customer, { brand, course }] of first) {
    const side = sideOf(trial, customer, brand);
    counts[side] = withCourse(counts[side], course);
    const ofBrand = byBrand[brand ?? ''] ?? { live: noCounts, candidate: noCounts };
    byBrand[brand ?? ''] = { ...ofBrand, [side]: withCourse(ofBrand[side], course) };
  }
  return { ...counts, byBrand };
}

function withCourse(counts: SideCounts, { disliked, handedOver, closed, resolved }: Course): SideCounts {
  if (!closed && !handedOver) return { ...counts, open: counts.open + 1 };
  return {
    ...counts,
    customers: counts.customers + 1,
    resolved: counts.resolved + Number(resolved && !handedOver && !disliked),
    disliked: counts.disliked + Number(disliked),
    handedOver: counts.handedOver + Number(handedOver),
  };
}
