import type { ProofOptions } from '../proof.ts';
import { baseTopic, type Published, publishable, rollBack } from '../publish.ts';
import { type PublishDeps, type PublishWish, publishProven } from '../publish-proven.ts';
import type { WriteDown, Writer } from './write-down.ts';

/** Versions as people make them; each is written down. */
export interface Publishing {
  /**
   * Publishes the draft once its golden questions show that nothing gets worse. The writer's reason is its comment.
   * @throws RelevoError as `publishProven` does
   */
  publish(
    writer: Writer,
    wish: Pick<PublishWish, 'force' | 'brands'>,
    options?: ProofOptions,
  ): ReturnType<typeof publishProven>;
  /** Publishes an earlier version again, as a new one. @throws RelevoError as `rollBack` does */
  rollBack(writer: Writer, version: number): Promise<Published>;
}

/** Publishes and goes back. */
export function createPublishing(deps: PublishDeps & { readonly writeDown: WriteDown }): Publishing {
  const { bases, clock, signals, writeDown } = deps;
  return {
    async publish(writer, wish, options) {
      const { current } = await publishable(bases);
      const done = await publishProven(deps, { by: writer.name, comment: writer.reason, ...wish }, options);
      const worse = done.proof?.published?.comparison.regression === true || done.broken.length > 0;
      const action = wish.force && worse ? 'base.publish-override' : 'base.publish';
      await writeDown(writer, action, `version/${done.version}`, current?.version ?? null, done.version);
      return done;
    },
    async rollBack(writer, version) {
      const before = (await bases.current())?.version ?? null;
      const by = { by: writer.name, ...(writer.reason === '' ? {} : { comment: writer.reason }) };
      const done = await rollBack({ bases, clock }, version, by);
      signals.publish(baseTopic);
      await writeDown(writer, 'base.roll-back', `version/${done.version}`, before, version);
      return done;
    },
  };
}
