import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './people.module.css';

/** Something that is shown this once, to be copied. */
export function ShownOnce({ label, help, text }: { label: string; help: string; text: string }) {
  const tell = useTell();
  const [copied, setCopied] = useState(false);
  return (
    <section className={page.card} aria-label={label}>
      <h2 className={page.heading}>{label}</h2>
      <input
        className={css.secret}
        readOnly
        value={text}
        aria-label={label}
        onFocus={(event) => event.target.select()}
      />
      <div className={page.row}>
        <Button
          size="s"
          icon={copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
          onPress={() => {
            navigator.clipboard?.writeText(text).then(
              () => setCopied(true),
              () => setCopied(false),
            );
          }}
        >
          {tell(copied ? 'people.copied' : 'people.copy')}
        </Button>
        <span className={page.soft}>{help}</span>
      </div>
    </section>
  );
}
