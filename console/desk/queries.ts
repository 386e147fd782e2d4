import { useMutation, useQuery } from '@tanstack/react-query';
import { ApiError } from '../live/api-error.ts';
import type { Assessment, CaseDetail, CaseList, Logbook, Session, View } from './case.ts';
import { useDesk } from './desk-context.tsx';
import type { QuarantineList } from './quarantine.ts';
import type { TierQuestion } from './question.ts';

/** Who is signed in. */
export function useSession() {
  const { request } = useDesk();
  return useQuery({
    queryKey: ['session'],
    queryFn: () => request<Session>('GET', '/api/session'),
    staleTime: 60_000,
  });
}

/** The cases of a view, nearest deadline first. Read again every minute, whatever the stream says. */
export function useCases(view: View) {
  const { request } = useDesk();
  return useQuery({
    queryKey: ['cases', view],
    queryFn: () => request<CaseList>('GET', `/api/cases?view=${view}&limit=100`),
    refetchInterval: 60_000,
    placeholderData: (previous) => previous,
  });
}

/** One case with its story. */
export function useCase(number: number) {
  const { request } = useDesk();
  return useQuery({
    queryKey: ['case', number],
    queryFn: () => request<CaseDetail>('GET', `/api/cases/${number}`),
    retry: (count, fault) => count < 3 && fault instanceof ApiError && fault.passing,
  });
}

/** What an agent can do to a case beside writing. */
export type Action =
  | { readonly do: 'claim' | 'return-to-bot' }
  | {
      readonly do: 'escalate';
      readonly reason: string;
      readonly tier?: number;
      readonly logbook?: Logbook;
    }
  | { readonly do: 'assess'; readonly assessment: Assessment }
  /** `remindAt`: ISO 8601. */
  | { readonly do: 'vendor'; readonly reference: string; readonly remindAt: string }
  | { readonly do: 'vendor-answered'; readonly answer: string }
  | { readonly do: 'plan'; readonly plan: string }
  | { readonly do: 'call-times' | 'call-cancel' }
  /** `at`: ISO 8601; null: now. */
  | { readonly do: 'call'; readonly at: string | null }
  | {
      readonly do: 'call-end';
      readonly summary: string;
      readonly advice: string;
      readonly followUpDays: number | null;
    }
  /** `case`: the other case's number. */
  | { readonly do: 'people'; readonly case: string }
  | { readonly do: 'people/part'; readonly key: string }
  /** `id`: made by the page, so that a resend changes nothing. */
  | { readonly do: 'ask'; readonly id: string; readonly tier: number; readonly text: string }
  | { readonly do: `questions/${number}/answer`; readonly id: string; readonly answer: string }
  /** `propose`: it should become an article. */
  | { readonly do: 'solve'; readonly logbook: Logbook; readonly propose: boolean };

/** Carries out an action; the case and the lists are read again, also when it was refused. */
export function useAction(theCase: Pick<CaseDetail, 'id' | 'number'>) {
  const { request, queries } = useDesk();
  return useMutation<unknown, ApiError, Action>({
    mutationFn: ({ do: action, ...body }) => request('POST', `/api/cases/${theCase.id}/${action}`, body),
    // A plan is one of a list that was shown: it stands there at once, and is read anew whatever comes of it.
    onMutate: (action) => {
      if (action.do !== 'plan') return;
      queries.setQueryData<CaseDetail>(['case', theCase.number], (shown) => {
        const plan = shown?.plans.find(({ name }) => name === action.plan);
        return shown === undefined || plan === undefined ? shown : { ...shown, plan };
      });
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['case', theCase.number] }),
        queries.invalidateQueries({ queryKey: ['cases'] }),
        queries.invalidateQueries({ queryKey: ['questions'] }),
      ]),
  });
}

/** The questions that wait for an answer of the agent's tiers: the bot's first, then the oldest. */
export function useQuestions() {
  const { request } = useDesk();
  return useQuery({
    queryKey: ['questions'],
    queryFn: () => request<{ readonly questions: readonly TierQuestion[] }>('GET', '/api/desk/questions'),
    refetchInterval: 30_000,
  });
}

/** What nobody could read. */
export function useQuarantine() {
  const { request } = useDesk();
  return useQuery({
    queryKey: ['quarantine'],
    queryFn: () => request<QuarantineList>('GET', '/api/quarantine'),
    refetchInterval: 60_000,
  });
}

/** A message that never arrived, or of which something is to be known. */
export interface FailedSend {
  readonly name: string;
  /** The conversation's. */
  readonly number: number;
  readonly channel: string;
  /** Given up; otherwise it went out, and the error says what is to be known. */
  readonly given: boolean;
  readonly error: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What never arrived, on any channel. */
export function useFailedSends() {
  const { request } = useDesk();
  return useQuery({
    queryKey: ['failed-sends'],
    queryFn: () => request<{ readonly messages: readonly FailedSend[] }>('GET', '/api/failed-sends'),
    refetchInterval: 60_000,
  });
}

/** Drops one of them for good; the list is read again. */
export function useDrop() {
  const { request, queries } = useDesk();
  return useMutation<unknown, ApiError, string>({
    mutationFn: (key) => request('DELETE', `/api/quarantine/${encodeURIComponent(key)}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['quarantine'] }),
  });
}
