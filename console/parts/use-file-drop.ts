import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';

/**
 * Lets files be dropped and pasted into a part of the page.
 * @param onFiles null: none are taken, and a dropped one does not lead the browser away from the page
 * @returns whether files hang over it now, and what the part listens to
 */
export function useFileDrop(onFiles: ((files: readonly File[]) => void) | null) {
  const [over, setOver] = useState(false);
  // Every element inside tells when it is entered and left: only the last leaving counts.
  const depth = useRef(0);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const left = () => {
    depth.current = 0;
    setOver(false);
  };
  return {
    over,
    listeners: {
      onDragEnter(event: DragEvent) {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setOver(onFiles !== null);
      },
      onDragOver(event: DragEvent) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        if (onFiles === null) event.dataTransfer.dropEffect = 'none';
      },
      onDragLeave(event: DragEvent) {
        if (!hasFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) left();
      },
      onDrop(event: DragEvent) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        left();
        onFiles?.([...event.dataTransfer.files]);
      },
      onPaste(event: ClipboardEvent) {
        const files = [...event.clipboardData.files];
        if (files.length === 0 || onFiles === null) return;
        event.preventDefault();
        onFiles(files);
      },
    },
  };
}
