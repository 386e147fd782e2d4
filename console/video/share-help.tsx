/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { pictures } from './pictures.tsx';
import css from './video.module.css';
import type { Say } from './words.ts';

const devices = ['computer', 'phone'] as const;
const steps = [1, 2, 3] as const;

/** How to show the screen, in three pictures, for the device the page is on or the other one. */
export function ShareHelp({ phone, say }: { readonly phone: boolean; readonly say: Say }) {
  const [device, setDevice] = useState<(typeof devices)[number]>(phone ? 'phone' : 'computer');
  return (
    <section className={css.card} aria-labelledby="share">
      <h2 id="share">{say('share.title')}</h2>
      <fieldset className={css.switch}>
        <legend className="sr-only">{say('share.device')}</legend>
        {devices.map((each) => (
          <label key={each}>
            <input type="radio" name="share" checked={device === each} onChange={() => setDevice(each)} />
            <span>{say(`share.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      {device === 'phone' && <p>{say('share.phone.plain')}</p>}
      <ol className={css.steps}>
        {steps.map((step) => {
          const Picture = pictures[device][step - 1];
          return (
            <li key={step}>
              {Picture !== undefined && <Picture />}
              <p>{say(`share.${device}.${step}`)}</p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
