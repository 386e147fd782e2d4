import { InvalidArgumentError } from 'commander';

/** Reads an argument that is a share above 0 and below 1. */
export function share(text: string): number {
  const value = /^\d*\.?\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && value < 1))
    throw new InvalidArgumentError('expected a share between 0 and 1, such as 0.05');
  return value;
}

/** Reads an argument that is a whole number from 1. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/u.test(text)) throw new InvalidArgumentError('expected a whole number, such as 3');
  return Number(text);
}
