import {
  BookOpenText,
  ChartNoAxesColumn,
  Drama,
  Equal,
  type LucideIcon,
  MessageCircleQuestionMark,
  MessageSquareText,
  Radio,
  Rocket,
  Scale,
  ScrollText,
  SearchX,
  Settings,
  SlidersHorizontal,
  UsersRound,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { WordId } from './words.ts';

/** A part of the console, with a page of its own in the menu. */
export interface Section {
  /** After `/console/`. */
  readonly path: string;
  readonly title: WordId;
  readonly icon: LucideIcon;
  /** Only administrators see it. */
  readonly administrators?: true;
  /** What it shows is kept apart by brand: also those who work for some of them see it. */
  readonly byBrand?: true;
  /** The page, loaded when it is first opened. It is shown for every address below the section's own. */
  readonly load: () => Promise<ComponentType>;
}

/** In the order of the menu; the first one is where the console opens. */
export const sections: readonly [Section, ...Section[]] = [
  {
    path: 'now',
    title: 'nav.now',
    icon: Radio,
    byBrand: true,
    load: async () => (await import('./now/now-page.tsx')).NowPage,
  },
  {
    path: 'gaps',
    title: 'nav.gaps',
    icon: SearchX,
    byBrand: true,
    load: async () => (await import('./gaps/gaps-page.tsx')).GapsPage,
  },
  {
    path: 'articles',
    title: 'nav.articles',
    icon: BookOpenText,
    byBrand: true,
    load: async () => (await import('./articles/articles-page.tsx')).ArticlesPage,
  },
  {
    path: 'try',
    title: 'nav.try',
    icon: MessageCircleQuestionMark,
    byBrand: true,
    load: async () => (await import('./try/try-page.tsx')).TryPage,
  },
  {
    path: 'gate',
    title: 'nav.gate',
    icon: SlidersHorizontal,
    load: async () => (await import('./gate/gate-page.tsx')).GatePage,
  },
  {
    path: 'publish',
    title: 'nav.publish',
    icon: Rocket,
    load: async () => (await import('./publish/publish-page.tsx')).PublishPage,
  },
  {
    path: 'rehearsal',
    title: 'nav.rehearsal',
    icon: Drama,
    load: async () => (await import('./rehearsal/rehearsal-page.tsx')).RehearsalPage,
  },
  {
    path: 'trial',
    title: 'nav.trial',
    icon: Scale,
    load: async () => (await import('./trial/trial-page.tsx')).TrialPage,
  },
  {
    path: 'phrases',
    title: 'nav.phrases',
    icon: MessageSquareText,
    load: async () => (await import('./phrases/phrases-page.tsx')).PhrasesPage,
  },
  {
    path: 'synonyms',
    title: 'nav.synonyms',
    icon: Equal,
    load: async () => (await import('./synonyms/synonyms-page.tsx')).SynonymsPage,
  },
  {
    path: 'insight',
    title: 'nav.insight',
    icon: ChartNoAxesColumn,
    byBrand: true,
    load: async () => (await import('./insight/insight-page.tsx')).InsightPage,
  },
  {
    path: 'people',
    title: 'nav.people',
    icon: UsersRound,
    administrators: true,
    byBrand: true,
    load: async () => (await import('./people/people-page.tsx')).PeoplePage,
  },
  {
    path: 'settings',
    title: 'nav.settings',
    icon: Settings,
    load: async () => (await import('./settings/settings-page.tsx')).SettingsPage,
  },
  {
    path: 'audit',
    title: 'nav.audit',
    icon: ScrollText,
    load: async () => (await import('./audit/audit-page.tsx')).AuditPage,
  },
];
