import type { Inlet } from '../../src/channels/channel.ts';
import { randomIds } from '../../src/core/ids.ts';

/** Everything that a channel handed in, and an inlet that takes it. */
export interface RecordingInlet extends Inlet {
  readonly quarantined: Parameters<Inlet['quarantine']>[0][];
  readonly reports: Parameters<Inlet['report']>[0][];
  /** The bytes kept, by the file's id. */
  readonly kept: Map<string, Uint8Array>;
  readonly cursors: Map<string, string>;
}

/** An inlet that keeps all in memory. @param receive what storing a message does */
export function inletTo(receive: Inlet['receive']): RecordingInlet {
  const quarantined: RecordingInlet['quarantined'] = [];
  const reports: RecordingInlet['reports'] = [];
  const kept = new Map<string, Uint8Array>();
  const cursors = new Map<string, string>();
  return {
    quarantined,
    reports,
    kept,
    cursors,
    receive,
    async quarantine(item) {
      if (!quarantined.some(({ key }) => key === item.key)) quarantined.push(item);
    },
    async report(report) {
      reports.push(report);
    },
    async keep({ bytes, ...media }) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      const all = Buffer.concat(chunks);
      const id = randomIds.id();
      kept.set(id, all);
      return { id, bytes: all.length, ...media };
    },
    cursor: async (name) => cursors.get(name) ?? null,
    async saveCursor(name, value) {
      cursors.set(name, value);
    },
  };
}
