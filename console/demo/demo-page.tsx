import { useEffect, useState } from 'react';
import { Brand } from '../parts/brand.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import css from './demo-page.module.css';

const panes = [
  { name: 'chat', address: '/' },
  { name: 'desk', address: '/desk' },
] as const;

/** Both sides of one conversation next to each other; on a narrow screen one at a time, both alive. */
export function DemoPage() {
  const say = useSay();
  const [shown, setShown] = useState<'chat' | 'desk'>('chat');
  useEffect(() => {
    document.title = say('demo.title');
  });
  return (
    <main className={css.page}>
      <div className={css.header}>
        <Brand size="s" />
        <h1 className={css.title}>{say('demo.title')}</h1>
        <p className={css.words}>{say('demo.words')}</p>
        <fieldset className={css.switch} aria-label={say('demo.show')}>
          {panes.map(({ name }) => (
            <label key={name} className={css.tab}>
              <input type="radio" name="shown" checked={shown === name} onChange={() => setShown(name)} />
              {say(`demo.${name}`)}
            </label>
          ))}
        </fieldset>
      </div>
      <div className={css.panes}>
        {panes.map(({ name, address }) => (
          <iframe
            key={name}
            src={address}
            title={say(`demo.${name}`)}
            className={classNames(css.pane, css[name], shown === name && css.shown)}
          />
        ))}
      </div>
    </main>
  );
}
