import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../../live/api-error.ts';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { useSay } from '../../parts/catalogue.tsx';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import { useWrongWords } from '../wrong-words.ts';
import type { ArticleFile } from './archive.ts';
import css from './import-dialog.module.css';

interface Imported {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
}

const importMs = 60_000;
const namesShown = 8;

/** Shows what was dropped before it goes into the draft, and every fault of it with its file and line. */
export function ImportDialog(props: {
  readonly dropped: readonly File[];
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
}) {
  const tell = useTell();
  const say = useSay();
  const { dropped, onClose, onDone } = props;
  const [read, setRead] = useState<{ files: readonly ArticleFile[]; strange: readonly string[] } | null>(
    null,
  );
  const [unreadable, setUnreadable] = useState(false);
  const [replace, setReplace] = useState(false);
  const [reason, setReason] = useState('');
  useEffect(() => {
    let wanted = true;
    import('./archive.ts')
      .then(({ readFiles }) => readFiles(dropped))
      .then(
        (found) => wanted && setRead(found),
        () => wanted && setUnreadable(true),
      );
    return () => {
      wanted = false;
    };
  }, [dropped]);
  const send = useMutation({
    mutationFn: (files: readonly ArticleFile[]) =>
      request<Imported>('POST', '/api/console/import', { files, replace, reason: reason.trim() }, importMs),
    onSuccess: ({ added, changed, unchanged, removed }) =>
      onDone(tell('articles.imported', { added, changed, unchanged, removed })),
  });
  const files = read?.files ?? [];
  const wrong = useWrongWords();
  const details = send.error instanceof ApiError ? send.error.details : [];
  return (
    <Dialog title={tell('articles.import')} isOpen onClose={onClose}>
      {unreadable && <p className={page.fault}>{tell('articles.importUnreadable')}</p>}
      {read !== null && files.length === 0 && <p className={page.fault}>{tell('articles.importNone')}</p>}
      {files.length > 0 && (
        <>
          <p>{tell('articles.importFiles', { count: files.length })}</p>
          <ul className={css.files}>
            {files.slice(0, namesShown).map(({ name }) => (
              <li key={name}>{name}</li>
            ))}
            {files.length > namesShown && <li>…</li>}
          </ul>
        </>
      )}
      {(read?.strange.length ?? 0) > 0 && (
        <p>{tell('articles.importStrange', { names: read?.strange.join(', ') ?? '' })}</p>
      )}
      {files.length > 0 && (
        <>
          <label className={css.check}>
            <input type="checkbox" checked={replace} onChange={(event) => setReplace(event.target.checked)} />
            {tell('articles.importReplace')}
          </label>
          <Field label={tell('articles.why')} value={reason} onChange={setReason} optional />
        </>
      )}
      {details.length === 0 ? (
        <FaultLine fault={send.error} />
      ) : (
        <div role="alert">
          <p className={page.fault}>{tell('articles.importFaults')}</p>
          <ul className={css.faults}>
            {details.map((detail) => (
              <li key={wrong(detail)}>{wrong(detail)}</li>
            ))}
          </ul>
        </div>
      )}
      <DialogActions>
        <Button onPress={onClose}>{say('dialog.cancel')}</Button>
        <Button
          look="primary"
          isDisabled={files.length === 0 || send.isPending}
          onPress={() => send.mutate(files)}
        >
          {tell('articles.importIt')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
