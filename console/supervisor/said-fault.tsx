import { ApiError } from '../live/api-error.ts';
import { FaultLine } from './fault-line.tsx';
import page from './page.module.css';

/** What the server found wrong with what was written: its own words, since they say where and what is expected. */
export function SaidFault({ fault }: { readonly fault: Error | null }) {
  if (!(fault instanceof ApiError) || !fault.code.startsWith('kb_')) return <FaultLine fault={fault} />;
  return (
    <div role="alert">
      {fault.message.split('\n').map((line) => (
        <p key={line} className={page.fault} lang="en">
          {line}
        </p>
      ))}
    </div>
  );
}
