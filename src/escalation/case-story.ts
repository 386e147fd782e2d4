import type { Commit, Event } from '../core/event.ts';
import { effectName } from '../core/event.ts';
import type { Content, Option } from '../core/message.ts';
import type { EffectRow } from '../store/store.ts';
import { caseEventOf } from './case-event.ts';
import type { CaseMessage } from './case-view.ts';

/** A case's whole story for agents: words, notes and changes of hands, oldest first. Pure. */
export function storyOf(commits: readonly Commit[], effects: readonly EffectRow[]): CaseMessage[] {
  const states = new Map(effects.map(({ name, state }) => [name, state]));
  const labels = new Map<string, string>();
  return commits.flatMap((commit) =>
    commit.events.flatMap((event, index): CaseMessage[] => {
      if (event.type === 'said') for (const { id, label } of event.options) labels.set(id, label);
      const effect = commit.effects.findIndex((one) => one.kind === 'send' && one.event === index);
      const state = effect < 0 ? undefined : states.get(effectName(commit, effect));
      const line = lineOf(event, labels);
      if (line === null) return [];
      const id = `${commit.conversation}.${commit.seq}.${index}`;
      return [{ id, at: commit.at, ...line, ...(state === undefined ? {} : { effect: state }) }];
    }),
  );
}

type Line = Omit<CaseMessage, 'id' | 'at' | 'effect'>;

function lineOf(event: Event, labels: ReadonlyMap<string, string>): Line | null {
  switch (event.type) {
    case 'customer-wrote':
      return { from: 'customer', text: wordsOf(event.content, labels) };
    case 'said':
      return {
        from: event.from,
        text: event.text,
        ...(event.agent === undefined ? {} : { author: event.agent.name }),
        ...optionsOf(event.options),
        ...(event.sources.length === 0 ? {} : { sources: event.sources }),
      };
    case 'noted':
      return { from: 'note', text: event.text, author: event.agent.name };
    default: {
      const happened = caseEventOf(event);
      return happened === null ? null : { from: 'event', text: '', event: happened };
    }
  }
}

function wordsOf(content: Content, labels: ReadonlyMap<string, string>): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'choice':
      return content.label ?? labels.get(content.option) ?? content.option;
    case 'media':
      return content.caption ?? content.media.name ?? `[${content.media.kind}]`;
    case 'location':
      return content.name ?? `${content.latitude}, ${content.longitude}`;
    case 'unsupported':
      return `[${content.what}]`;
  }
}

function optionsOf(options: readonly Option[]): Pick<Line, 'options'> {
  return options.length === 0 ? {} : { options };
}
