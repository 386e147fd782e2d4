import type { CallDescription, CallStage } from '../../src/video/call-stage.ts';

/** A case's side of a call that notes all it is told. */
export interface FakeStage extends CallStage {
  /** What it was told, in order: the name of what happened, the conversation, and the rest. */
  readonly told: unknown[][];
  /** What the waiting page is to show. */
  call: CallDescription;
}

/** @param change what the call of every conversation is otherwise like */
export function fakeStage(change: Partial<CallDescription> = {}): FakeStage {
  const told: unknown[][] = [];
  const note =
    (name: string) =>
    async (...what: unknown[]): Promise<void> => {
      told.push([name, ...what]);
    };
  const stage: FakeStage = {
    told,
    call: {
      number: 1042,
      language: 'es',
      customer: 'Ana',
      agent: 'Eva Sol',
      chatUrl: 'https://t.me/example_bot',
      deskUrl: '/desk/cases/1042',
      phone: '+34 900 000 000',
      recorded: false,
      startsAt: null,
      timeZone: 'Europe/Madrid',
      ...change,
    },
    describe: async (conversation) => (conversation === 'gone' ? null : stage.call),
    calendar: async (conversation) =>
      stage.call.startsAt === null ? null : `BEGIN:VCALENDAR\r\nUID:${conversation}\r\nEND:VCALENDAR\r\n`,
    waiting: note('waiting'),
    entered: note('entered'),
    left: note('left'),
    started: note('started'),
    ended: note('ended'),
    declined: note('declined'),
  };
  return stage;
}
