import { Paperclip } from 'lucide-react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from './button.tsx';
import { useSay } from './catalogue.tsx';

/** A paperclip: any files, and on a phone its camera too. */
export function AttachButton({
  onFiles,
  size = 'm',
}: {
  readonly onFiles: (files: readonly File[]) => void;
  readonly size?: 'm' | 's';
}) {
  const say = useSay();
  return (
    <FileTrigger allowsMultiple onSelect={(files) => onFiles(files === null ? [] : [...files])}>
      <Button
        look="ghost"
        size={size}
        icon={<Paperclip size={18} aria-hidden="true" />}
        aria-label={say('upload.add')}
      />
    </FileTrigger>
  );
}
