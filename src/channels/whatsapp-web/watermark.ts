/** Up to where everything is stored: what came later is asked for again after a restart. */
export interface Watermark {
  /** Something of that time (epoch seconds) is being stored. @param id the same when it is tried again */
  begin(id: string, at: number): void;
  /** It is stored. */
  done(id: string): Promise<void>;
}

/** Makes it. @param save keeps a time; never earlier than the one before */
export function createWatermark(start: number, save: (at: number) => Promise<void>): Watermark {
  const under = new Map<string, number>();
  let newest = start;
  let saved = start;

  return {
    begin: (id, at) => void under.set(id, at),
    async done(id) {
      newest = Math.max(newest, under.get(id) ?? 0);
      under.delete(id);
      const mark = Math.min(newest, ...under.values());
      if (mark <= saved) return;
      saved = mark;
      await save(mark);
    },
  };
}
