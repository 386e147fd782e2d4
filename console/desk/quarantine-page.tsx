import { Download, PackageCheck, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { useChannelName } from './channel-icon.tsx';
import { DialogFault } from './dialog-fault.tsx';
import { FailedSends } from './failed-sends.tsx';
import { describeFault } from './fault.ts';
import type { Quarantined } from './quarantine.ts';
import css from './quarantine-page.module.css';
import { useDrop, useQuarantine } from './queries.ts';
import { Waiting } from './waiting.tsx';

/** What nobody could read, for supervisors: to be looked at, and dropped. */
export function QuarantinePage() {
  const say = useSay();
  const found = useQuarantine();
  const [dropping, setDropping] = useState<Quarantined | null>(null);
  useEffect(() => {
    document.title = `${say('quarantine.title')} · Relevo`;
  });
  if (found.data === undefined) return <Waiting fault={found.error} retry={found.refetch} />;
  const { items, count } = found.data;
  return (
    <section className={css.page} aria-labelledby="quarantine-title">
      <Link to="/desk">{say('list.back')}</Link>
      <h2 id="quarantine-title" className={css.title}>
        {say('quarantine.title')}
      </h2>
      <p className={css.words}>{say('quarantine.words')}</p>
      {items.length === 0 ? (
        <div className={css.none}>
          <PackageCheck size={36} strokeWidth={1.4} aria-hidden="true" />
          <h3>{say('quarantine.none')}</h3>
          <p>{say('quarantine.noneWords')}</p>
        </div>
      ) : (
        <ul className={css.list} aria-label={say('quarantine.list')}>
          {items.map((item) => (
            <Row key={item.key} item={item} onDrop={() => setDropping(item)} />
          ))}
        </ul>
      )}
      {count > items.length && <p>{say('quarantine.more', { count: count - items.length })}</p>}
      <FailedSends />
      {dropping !== null && <DropDialog item={dropping} onClose={() => setDropping(null)} />}
    </section>
  );
}

function Row({ item, onDrop }: { readonly item: Quarantined; readonly onDrop: () => void }) {
  const say = useSay();
  const intl = useIntl();
  const channel = useChannelName()(item.channel);
  return (
    <li className={css.row}>
      <div className={css.what}>
        <p className={css.reason}>{item.reason}</p>
        <p className={css.where}>
          {channel} ·{' '}
          <time dateTime={item.at}>
            {intl.formatDate(item.at, { dateStyle: 'medium', timeStyle: 'short' })}
          </time>{' '}
          · {say('quarantine.size', { count: item.characters })}
        </p>
        <p className={css.key}>{item.key}</p>
      </div>
      <a className={css.look} href={`/api/quarantine/${encodeURIComponent(item.key)}`} download>
        <Download size={16} aria-hidden="true" /> {say('file.download')}
        <span className="sr-only"> {item.key}</span>
      </a>
      <Button
        look="ghost"
        size="s"
        icon={<Trash2 size={16} aria-hidden="true" />}
        aria-label={`${say('quarantine.drop')} ${item.key}`}
        onPress={onDrop}
      />
    </li>
  );
}

function DropDialog({ item, onClose }: { readonly item: Quarantined; readonly onClose: () => void }) {
  const say = useSay();
  const drop = useDrop();
  return (
    <Dialog title={say('quarantine.dropTitle')} isOpen onClose={onClose}>
      <p>{item.reason}</p>
      <p className={css.key}>{item.key}</p>
      <p>{say('quarantine.dropWords')}</p>
      <DialogFault fault={drop.error === null ? null : describeFault(drop.error, say)} />
      <DialogActions>
        <Button autoFocus onPress={onClose}>
          {say('dialog.cancel')}
        </Button>
        <Button
          look="danger"
          isDisabled={drop.isPending}
          onPress={() => drop.mutate(item.key, { onSuccess: onClose })}
        >
          {say('quarantine.drop')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
