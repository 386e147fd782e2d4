import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CornerDownLeft, RotateCcw } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Option } from '../../live/message.ts';
import { Button } from '../../parts/button.tsx';
import { languages, usePreferences } from '../../parts/preferences.ts';
import { FaultLine } from '../fault-line.tsx';
import { LanguageSelect } from '../language-select.tsx';
import { useOfferedBrands } from '../offered-brands.ts';
import page from '../page.module.css';
import { PageHead } from '../page-head.tsx';
import { PublishLink } from '../publish-link.tsx';
import { useSession } from '../session.ts';
import { requestTrained } from '../training.ts';
import { useTell } from '../words.ts';
import { BrandSelect } from './brand-select.tsx';
import { KeepButton } from './keep-button.tsx';
import { SideCard } from './side-card.tsx';
import type { Trial, Turn } from './trial.ts';
import { alike } from './trial.ts';
import css from './try-page.module.css';

/** A conversation with the bot, as it answers now beside how the draft would. The first question and its language stand in the address. */
export function TryPage() {
  const tell = useTell();
  const preferences = usePreferences();
  const [search, setSearch] = useSearchParams();
  const language = languages.find((one) => one === search.get('language')) ?? preferences.language;
  const first = search.get('q')?.trim().slice(0, 2_000) ?? '';
  const { data: session } = useSession();
  const own = session === undefined ? undefined : (session.brands ?? null);
  const brands = useOfferedBrands(own);
  // Whoever works for some brands asks as a customer of one of them.
  const brand = search.get('brand') ?? own?.[0] ?? null;
  const [further, setFurther] = useState<readonly Turn[]>([]);
  const [words, setWords] = useState('');
  const turns: readonly Turn[] = first === '' ? [] : [{ text: first }, ...further];
  const trial = useQuery({
    queryKey: ['try', language, brand, turns],
    queryFn: () => requestTrained<Trial>('POST', '/api/console/try', { turns, language, brand }),
    enabled: turns.length > 0 && own !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const data = turns.length === 0 ? undefined : trial.data;
  const busy = turns.length > 0 && trial.isFetching;

  const open = (next: { q?: string; language?: string; brand?: string }) =>
    setSearch({ ...Object.fromEntries(search), ...next }, { replace: next.q === undefined });
  const openBrand = (chosen: string | null) => {
    setFurther([]);
    const { brand: _, ...others } = Object.fromEntries(search);
    setSearch(chosen === null ? others : { ...others, brand: chosen }, { replace: true });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = words.trim();
    if (said === '' || busy) return;
    if (first === '') open({ q: said, language });
    else setFurther([...further, { text: said }]);
    setWords('');
  };
  const choose = (option: Option) => {
    if (!busy) setFurther([...further, { option: option.id }]);
  };
  const restart = () => {
    setFurther([]);
    setSearch({ language, ...(search.has('brand') && brand !== null ? { brand } : {}) });
  };

  return (
    <div className={page.page}>
      <PageHead title={tell('nav.try')} lead={tell('try.lead')} />
      <form className={css.form} onSubmit={submit}>
        <input
          className={css.question}
          aria-label={tell(first === '' ? 'try.question' : 'try.next')}
          placeholder={tell(first === '' ? 'try.placeholder' : 'try.next')}
          value={words}
          maxLength={2_000}
          onChange={(event) => setWords(event.target.value)}
        />
        <LanguageSelect value={language} onChange={(chosen) => open({ language: chosen })} />
        <BrandSelect brands={brands} value={brand} everybody={own === null} onChange={openBrand} />
        <Button
          type="submit"
          look="primary"
          icon={<CornerDownLeft size={17} aria-hidden="true" />}
          isDisabled={words.trim() === '' || busy}
        >
          {tell('try.ask')}
        </Button>
        {first !== '' && (
          <Button icon={<RotateCcw size={16} aria-hidden="true" />} onPress={restart}>
            <span className={css.restart}>{tell('try.restart')}</span>
          </Button>
        )}
      </form>
      <FaultLine fault={trial.error} />
      {first === '' && <p className={page.empty}>{tell('try.empty')}</p>}
      <ol className={css.turns} aria-busy={busy} aria-live="polite">
        {turns.map((turn, place) => {
          const published = data?.published?.turns[place];
          const draft = data?.draft.turns[place];
          const last = place === turns.length - 1;
          const waiting = last && busy && published === undefined && draft === undefined;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a turn is known by its place in the conversation
            <li key={place} className={css.turn}>
              <div className={css.said}>
                <p className={css.customer}>{saidIn(turn, data, place)}</p>
              </div>
              {waiting ? (
                <p className={page.soft}>{tell('try.thinking')}</p>
              ) : (
                data !== undefined && (
                  <>
                    <div className={css.sides}>
                      {data.published === null ? (
                        <p className={page.empty}>{tell('try.unpublished')}</p>
                      ) : (
                        <SideCard
                          name={tell('try.published', { version: data.published.version ?? 0 })}
                          move={published}
                          live={last && !busy}
                          onChoose={choose}
                        />
                      )}
                      <SideCard
                        name={tell('try.draft')}
                        move={draft}
                        live={last && !busy}
                        differs={data.published !== null && !alike(published, draft)}
                        onChoose={choose}
                      />
                    </div>
                    {'text' in turn && draft?.explanation != null && (
                      <KeepButton
                        question={turn.text}
                        language={draft.language}
                        brand={brand}
                        explanation={draft.explanation}
                        titles={draft.titles}
                      />
                    )}
                    {last && data.published !== null && !alike(published, draft) && (
                      <PublishLink>{tell('try.toPublish')}</PublishLink>
                    )}
                  </>
                )
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** The customer's words; an option by what its button said. */
function saidIn(turn: Turn, data: Trial | undefined, place: number): string {
  if ('text' in turn) return turn.text;
  const before = [data?.published?.turns[place - 1], data?.draft.turns[place - 1]];
  const options = before.flatMap((move) => move?.say.flatMap((saying) => saying.options) ?? []);
  return options.find(({ id }) => id === turn.option)?.label ?? turn.option;
}
