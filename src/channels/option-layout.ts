import type { Option } from '../core/message.ts';
import type { Capabilities } from './channel.ts';

/** How options are shown: a tapped button, a chosen row, a typed number and the words themselves mean the same. */
export type OptionLayout = 'none' | 'buttons' | 'list' | 'numbers';

/**
 * The best way a channel has for these options. Pure.
 * @param can the channel's limits; labels are measured in UTF-16 code units
 */
export function layoutOf(
  options: readonly Option[],
  can: Pick<Capabilities, 'maxButtons' | 'maxButtonLength' | 'maxListRows' | 'maxListRowLength'>,
): OptionLayout {
  const longest = Math.max(0, ...options.map(({ label }) => label.length));
  if (options.length === 0) return 'none';
  if (options.length <= can.maxButtons && longest <= can.maxButtonLength) return 'buttons';
  if (options.length <= can.maxListRows && longest <= can.maxListRowLength) return 'list';
  return 'numbers';
}

/** The options as lines to be answered by number: `1. Sí`. */
export function numberedLines(options: readonly Option[]): string {
  return options.map(({ label }, index) => `${index + 1}. ${label}`).join('\n');
}
