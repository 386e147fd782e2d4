import { File as FileIcon, RotateCw, X } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import type { Uploading, Uploads } from '../live/uploads.ts';
import { Button } from './button.tsx';
import { useSay } from './catalogue.tsx';
import { classNames } from './class-names.ts';
import { useFileSize, useUploadFault } from './file-words.ts';
import { LocalPicture } from './local-picture.tsx';
import css from './upload-tray.module.css';

/** The files that go with the next message: what they look like, how far they are, what went wrong. */
export function UploadTray({ uploads }: { readonly uploads: Uploads }) {
  const say = useSay();
  const items = useSyncExternalStore(uploads.subscribe, uploads.items);
  if (items.length === 0) return null;
  return (
    <ul className={css.tray} aria-label={say('upload.list')}>
      {items.map((item) => (
        <Chip key={item.key} item={item} uploads={uploads} />
      ))}
    </ul>
  );
}

function Chip({ item, uploads }: { readonly item: Uploading; readonly uploads: Uploads }) {
  const say = useSay();
  const size = useFileSize();
  const faultOf = useUploadFault();
  const { key, name, state, progress, fault } = item;
  return (
    <li className={classNames(css.chip, css[state])}>
      <Picture item={item} />
      <div className={css.words}>
        <span className={css.name}>
          <bdi>{name}</bdi>
        </span>
        {state === 'failed' ? (
          <span className={css.fault} role="alert">
            {faultOf(item)}
          </span>
        ) : (
          <span className={css.size}>
            {size(item.bytes)}
            {state === 'ready' && <span className="sr-only"> · {say('upload.ready')}</span>}
          </span>
        )}
        {state === 'uploading' && (
          <progress
            className={css.progress}
            value={Math.round(progress * 100)}
            max={100}
            aria-label={say('upload.progress', { name })}
          />
        )}
      </div>
      {state === 'failed' && fault?.passing === true && (
        <Button
          look="ghost"
          size="s"
          icon={<RotateCw size={15} aria-hidden="true" />}
          aria-label={say('upload.retry', { name })}
          onPress={() => uploads.retry(key)}
        />
      )}
      <Button
        look="ghost"
        size="s"
        icon={<X size={16} aria-hidden="true" />}
        aria-label={say(state === 'uploading' ? 'upload.cancel' : 'upload.remove', { name })}
        onPress={() => uploads.remove(key)}
      />
    </li>
  );
}

function Picture({ item: { file, name } }: { readonly item: Uploading }) {
  const [shown, setShown] = useState(file?.type.startsWith('image/') ?? false);
  if (!shown || file === null) {
    return (
      <span className={css.picture}>
        <FileIcon size={20} aria-hidden="true" />
      </span>
    );
  }
  return <LocalPicture blob={file} label={name} className={css.picture} onFail={() => setShown(false)} />;
}
