import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { request } from '../../live/request.ts';
import { Menu } from '../../parts/menu.tsx';
import { FaultLine } from '../fault-line.tsx';
import { useTell } from '../words.ts';
import type { ArticleFile } from './archive.ts';

/** All articles as an archive of Markdown files, which an import reads back. */
export function ExportMenu() {
  const tell = useTell();
  const save = useMutation({
    async mutationFn(of: string) {
      const [{ files }, { archiveOf }] = await Promise.all([
        request<{ files: readonly ArticleFile[] }>('GET', `/api/console/export?of=${of}`),
        import('./archive.ts'),
      ]);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(archiveOf(files));
      link.download = `relevo-${of}.zip`;
      link.click();
      // The browser has begun by then.
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
  });
  return (
    <>
      <Menu
        label={tell('articles.export')}
        icon={<Download size={17} aria-hidden="true" />}
        lines={[
          {
            id: 'draft',
            label: tell('articles.exportDraft'),
            icon: <Download size={16} aria-hidden="true" />,
          },
          {
            id: 'published',
            label: tell('articles.exportPublished'),
            icon: <Download size={16} aria-hidden="true" />,
          },
        ]}
        onChoose={(of) => save.mutate(of)}
      />
      <FaultLine fault={save.error} />
    </>
  );
}
