import { createEvent } from 'ics';
import { RelevoError } from '../core/errors.ts';
import type { Language } from '../core/language.ts';
import { callLengthMs } from './calls-times.ts';

/** An appointment for a call, as a calendar keeps it. */
export interface CallAppointment {
  /** The call's id: the same however often it is moved. */
  readonly call: string;
  /** How often its time was set before: a calendar takes the highest. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly startsAt: number;
  readonly number: number;
  readonly agent: string;
  /** The person's own way in; null where it is cancelled. */
  readonly url: string | null;
  readonly language: Language;
  readonly cancelled: boolean;
}

const words: Readonly<Record<Language, { title: string; enter: string; soon: string }>> = {
  es: {
    title: 'Videollamada de soporte, caso n.º {number}',
    enter: 'Con {agent}. Entra con este enlace, que es solo para ti y se abre diez minutos antes:',
    soon: 'Tu videollamada empieza en diez minutos',
  },
  en: {
    title: 'Support video call, case no. {number}',
    enter: 'With {agent}. Go in with this link, which is for you alone and opens ten minutes before:',
    soon: 'Your video call begins in ten minutes',
  },
  pt: {
    title: 'Videochamada de suporte, caso nº {number}',
    enter: 'Com {agent}. Entre por este link, que é só seu e abre dez minutos antes:',
    soon: 'Sua videochamada começa em dez minutos',
  },
};

/**
 * An appointment as the text of an .ics file; one that was moved or cancelled takes the place of the one before it. Pure.
 * @throws RelevoError `no_calendar` when it cannot be written
 */
export function calendarOf(appointment: CallAppointment): string {
  const { call, sequence, startsAt, url, cancelled } = appointment;
  const say = words[appointment.language];
  const title = say.title.replace('{number}', String(appointment.number));
  const enter = say.enter.replace('{agent}', appointment.agent);
  const { error, value } = createEvent({
    uid: `${call}@relevo`,
    sequence,
    productId: '-//Relevo//Relevo//EN',
    method: cancelled ? 'CANCEL' : 'REQUEST',
    status: cancelled ? 'CANCELLED' : 'CONFIRMED',
    start: startsAt,
    startInputType: 'utc',
    startOutputType: 'utc',
    end: startsAt + callLengthMs,
    endInputType: 'utc',
    endOutputType: 'utc',
    title,
    ...(url === null || cancelled
      ? {}
      : {
          description: `${enter} ${url}`,
          // Not as `url`, which the library takes of names with a dot alone: not of `localhost`.
          location: url,
          alarms: [
            { action: 'display', description: say.soon, trigger: { before: true, minutes: 10 } } as const,
          ],
        }),
  });
  if (value === undefined || value === null)
    throw new RelevoError('no_calendar', 'an appointment could not be written', { cause: error });
  return value;
}
