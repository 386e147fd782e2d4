import { type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

/** The program's log, on the standard error: JSON for machines, or lines for people when they watch. */
export function createLog({ logLevel, logFormat }: Pick<Config, 'logLevel' | 'logFormat'>): Logger {
  if (logFormat === 'json') return pino({ level: logLevel }, pino.destination(2));
  const target = 'pino-pretty';
  const options = { destination: 2, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' };
  return pino({ level: logLevel, transport: { target, options } });
}
