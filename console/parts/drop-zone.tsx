import { Paperclip } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSay } from './catalogue.tsx';
import { classNames } from './class-names.ts';
import css from './drop-zone.module.css';
import { useFileDrop } from './use-file-drop.ts';

/** A part of the page that files can be dropped on and pasted into. Who has no mouse uses the paperclip. */
export interface DropZoneProps {
  readonly as: 'main' | 'div';
  readonly className?: string | undefined;
  /** Null where no files are taken. */
  readonly onFiles: ((files: readonly File[]) => void) | null;
  readonly children: ReactNode;
}

/** Says that the files can be let go while they hang over it. */
export function DropZone({ as: Part, className, onFiles, children }: DropZoneProps) {
  const say = useSay();
  const { over, listeners } = useFileDrop(onFiles);
  return (
    <Part className={classNames(className, css.zone)} {...listeners}>
      {children}
      {over && (
        <div className={css.over}>
          <Paperclip size={22} aria-hidden="true" />
          {say('upload.drop')}
        </div>
      )}
    </Part>
  );
}
