import { type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

/**
 * The program's log, on the standard error: JSON for machines, or a line for people when they watch, each written before
 * the program goes on, so that it stays in its place among what the program prints.
 */
export async function createLog({
  logLevel,
  logFormat,
}: Pick<Config, 'logLevel' | 'logFormat'>): Promise<Logger> {
  if (logFormat === 'json') return pino({ level: logLevel }, pino.destination(2));
  const { default: pretty } = await import('pino-pretty');
  const shown = { ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', singleLine: true };
  const colorize = process.stderr.isTTY && process.stderr.hasColors();
  return pino({ level: logLevel }, pretty({ ...shown, colorize, destination: 2, sync: true }));
}
