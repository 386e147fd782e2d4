import type { CaseDesk } from '../../escalation/case-view.ts';
import { callReport, callWish } from '../schemas/case.ts';
import { emptyBody } from '../schemas/text.ts';
import type { WebApp } from '../web-app.ts';
import { action } from './cases.ts';

/** What agents do about the calls of their cases. */
export function callRoutes(app: WebApp, { cases }: { readonly cases: CaseDesk }): void {
  action(app, cases, 'call', 'Sets up a video call, or sends new links to it', callWish, ({ at }) => ({
    type: 'call',
    at: at == null ? null : Date.parse(at),
  }));
  action(app, cases, 'call-times', 'Offers the customer times for a video call', emptyBody, () => ({
    type: 'offer-call-times',
  }));
  action(app, cases, 'call-cancel', 'Calls a video call off', emptyBody, () => ({ type: 'cancel-call' }));
  action(
    app,
    cases,
    'call-end',
    'Ends a video call, with what the customer is to keep of it',
    callReport,
    ({ summary, advice, followUpDays }) => ({
      type: 'end-call',
      summary,
      advice,
      followUpDays: followUpDays ?? null,
    }),
  );
}
