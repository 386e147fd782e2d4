import { Brand } from '../parts/brand.tsx';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import css from './welcome.module.css';

const suggestions = ['suggest.internet', 'suggest.printer', 'suggest.password', 'suggest.person'] as const;

/** An empty conversation: a greeting, and a few ways to begin. */
export function Welcome({ onSuggestion }: { readonly onSuggestion: (text: string) => void }) {
  const say = useSay();
  return (
    <div className={css.welcome}>
      <Brand size="l" />
      <h2 className={css.title}>{say('welcome.title')}</h2>
      <p className={css.words}>{say('welcome.words')}</p>
      <fieldset className={css.suggestions} aria-label={say('welcome.suggestions')}>
        {suggestions.map((id) => (
          <Button key={id} look="chip" onPress={() => onSuggestion(say(id))}>
            {say(id)}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}
