import { useIntl } from 'react-intl';
import type { FileRef } from '../live/message.ts';
import { type Uploading, uploadLimits } from '../live/uploads.ts';
import { useSay } from './catalogue.tsx';

/** Characters that turn the direction of writing: with them a name could hide what kind of file it is. */
const turns = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What a file is called: by its sender, or by what it is. */
export function useFileName(): (file: Pick<FileRef, 'name' | 'kind'>) => string {
  const say = useSay();
  return ({ name, kind }) => name?.replace(turns, '').trim() || say(`file.${kind}`);
}

/** How large a file is, in words. */
export function useFileSize(): (bytes: number) => string {
  const intl = useIntl();
  return (bytes) => {
    const [value, unit] =
      bytes < 1024 * 1024
        ? [Math.max(1, Math.round(bytes / 1024)), 'kilobyte']
        : [bytes / 1024 / 1024, 'megabyte'];
    return intl.formatNumber(value, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 });
  };
}

/** Says why a file could not be uploaded. */
export function useUploadFault(): (item: Uploading) => string {
  const say = useSay();
  return ({ name: given, fault }) => {
    const name = given.replace(turns, '');
    switch (fault?.code) {
      case 'media_too_large':
      case 'body_too_large':
        return say('upload.tooLarge', { name, limit: uploadLimits.megabytes });
      case 'too_many_at_once':
        return say('upload.atOnce', { name, limit: uploadLimits.atOnce });
      case 'too_many_files':
        return say('upload.tooMany', { name });
      case 'empty_file':
        return say('upload.empty', { name });
      case 'unreachable':
        return say('upload.unreachable', { name });
      default:
        return say('upload.failed', { name, detail: fault?.message ?? '' });
    }
  };
}
