import { Download, File as FileIcon, FileWarning, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import type { FileRef } from '../live/message.ts';
import { Button } from './button.tsx';
import { useSay } from './catalogue.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import css from './file-view.module.css';
import { useFileName, useFileSize } from './file-words.ts';
import { LocalPicture } from './local-picture.tsx';

/** A file in a conversation. */
export interface FileViewProps {
  readonly file: FileRef;
  /** Where its bytes are read. */
  readonly href: string;
  /** Its bytes, where this page has them. */
  readonly local?: Blob | undefined;
  /** Whether the bytes are with us: they may still be on their way from the channel. */
  readonly state?: 'remote' | 'kept' | 'failed';
}

/** What the server lets a browser show by itself. */
const picture = /^image\/(?:png|jpeg|gif|webp|avif)$/u;

/** A picture in place, sounds and films to be played, anything else as a card to be saved. */
export function FileView({ file, href, local, state = 'kept' }: FileViewProps) {
  const [broken, setBroken] = useState(false);
  const name = useFileName()(file);
  const type = file.type ?? '';
  if (state !== 'kept') return <Card file={file} name={name} state={state} />;
  if (picture.test(type) && !broken) {
    return <Picture file={file} name={name} href={href} local={local} onBroken={() => setBroken(true)} />;
  }
  if (type.startsWith('audio/') && !broken) {
    return (
      <figure className={css.player}>
        {/* biome-ignore lint/a11y/useMediaCaption: what people send has none */}
        <audio controls preload="none" src={href} aria-label={name} onError={() => setBroken(true)} />
        <figcaption>
          <Save href={href} name={name} />
        </figcaption>
      </figure>
    );
  }
  if (type.startsWith('video/') && !broken) {
    return (
      <figure className={css.player}>
        {/* biome-ignore lint/a11y/useMediaCaption: what people send has none */}
        <video controls preload="metadata" src={href} aria-label={name} onError={() => setBroken(true)} />
        <figcaption>
          <Save href={href} name={name} />
        </figcaption>
      </figure>
    );
  }
  return <Card file={file} name={name} href={href} state="kept" />;
}

interface PictureProps extends Pick<FileViewProps, 'file' | 'href' | 'local'> {
  readonly name: string;
  readonly onBroken: () => void;
}

function Picture({ file, name, href, local, onBroken }: PictureProps) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [undrawn, setUndrawn] = useState(false);
  return (
    <>
      <button
        type="button"
        className={file.kind === 'sticker' ? css.sticker : css.frame}
        aria-label={say('file.open', { name })}
        onClick={() => setOpen(true)}
      >
        {local === undefined || undrawn ? (
          <img src={href} alt="" loading="lazy" decoding="async" onError={onBroken} />
        ) : (
          <LocalPicture blob={local} label="" onFail={() => setUndrawn(true)} />
        )}
      </button>
      <Dialog title={name} isOpen={open} onClose={() => setOpen(false)}>
        <img className={css.whole} src={href} alt={name} />
        <DialogActions>
          <Save href={href} name={say('file.download')} />
          <Button autoFocus onPress={() => setOpen(false)}>
            {say('dialog.close')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

function Save({ href, name }: { readonly href: string; readonly name: string }) {
  const say = useSay();
  const download = say('file.download');
  return (
    <a className={css.save} href={href} download title={download}>
      <Download size={15} aria-hidden="true" />
      {name !== download && <span className="sr-only">{download}: </span>}
      <bdi className={css.name}>{name}</bdi>
    </a>
  );
}

interface CardProps {
  readonly file: FileRef;
  readonly name: string;
  readonly href?: string;
  readonly state: 'remote' | 'kept' | 'failed';
}

function Card({ file, name, href, state }: CardProps) {
  const say = useSay();
  const size = useFileSize();
  const Icon = { remote: LoaderCircle, kept: FileIcon, failed: FileWarning }[state];
  const inside = (
    <>
      <span className={css.icon}>
        <Icon size={20} aria-hidden="true" />
      </span>
      <span className={css.words}>
        <bdi className={css.name}>{name}</bdi>
        <span className={css.size}>
          {state === 'kept' ? file.bytes !== undefined && size(file.bytes) : say(`file.${state}`)}
        </span>
      </span>
    </>
  );
  if (href === undefined) return <div className={css.card}>{inside}</div>;
  return (
    <a className={css.card} href={href} download title={say('file.download')}>
      {inside}
      <Download size={16} aria-hidden="true" />
      <span className="sr-only">{say('file.download')}</span>
    </a>
  );
}
