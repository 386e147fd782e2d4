import { expect, test } from 'vitest';
import { ApiError } from '../../console/live/api-error.ts';
import { createUploads, type Upload } from '../../console/live/uploads.ts';

type Watch = Parameters<Upload>[2];

/** A tray whose uploads end when the test says so. */
function scene() {
  const begun: { file: File; watch: Watch; end: (fault?: ApiError) => void }[] = [];
  let ids = 0;
  const uploads = createUploads({
    newId: () => `k${++ids}`,
    upload: (file, watch) =>
      new Promise((resolve, reject) => {
        const end = (fault?: ApiError) =>
          fault === undefined ? resolve({ id: `id of ${file.name}`, kind: 'document' }) : reject(fault);
        watch.signal.addEventListener('abort', () => end(new ApiError('unreachable', 0, 'cancelled')));
        begun.push({ file, watch, end });
      }),
  });
  const shown = () => uploads.items().map(({ name, state, progress }) => `${name} ${state} ${progress}`);
  return { uploads, begun, shown };
}

const text = (name: string, bytes = 'x') => new File([bytes], name);
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

test('begins as it is chosen, tells how far it is, and is handed over once', async () => {
  const { uploads, begun, shown } = scene();
  uploads.add([text('a'), text('b')]);
  begun[0]?.watch.onProgress(0.5);
  expect(shown()).toEqual(['a uploading 0.5', 'b uploading 0']);
  begun[0]?.end();
  begun[1]?.end();
  await settle();
  expect(shown()).toEqual(['a ready 1', 'b ready 1']);
  expect(uploads.local('id of a')).toBeInstanceOf(Blob);
  const taken = uploads.take();
  expect(taken.map(({ id }) => id)).toEqual(['id of a', 'id of b']);
  expect([uploads.items(), uploads.take()]).toEqual([[], []]);
  uploads.restore(taken);
  expect(uploads.take()).toEqual(taken);
});

test('is broken off when it is taken away', async () => {
  const { uploads, begun, shown } = scene();
  uploads.add([text('a')]);
  uploads.remove('k1');
  await settle();
  expect(begun[0]?.watch.signal.aborted).toBe(true);
  expect(shown()).toEqual([]);
});

test('is tried again only where that may help', async () => {
  const { uploads, begun, shown } = scene();
  uploads.add([text('a'), text('b')]);
  begun[0]?.end(new ApiError('stopping', 503, 'later'));
  begun[1]?.end(new ApiError('media_too_large', 413, 'never'));
  await settle();
  expect(shown()).toEqual(['a failed 0', 'b failed 0']);
  uploads.retry('k1');
  uploads.retry('k2');
  expect(begun).toHaveLength(3);
  begun[2]?.end();
  await settle();
  expect(shown()).toEqual(['a ready 1', 'b failed 0']);
});

test('what is known to be refused is not sent at all', () => {
  const { uploads, begun } = scene();
  uploads.add([text('none', ''), ...Array.from({ length: 10 }, (_, n) => text(`f${n}`))]);
  expect(uploads.items().map(({ fault }) => fault?.code)).toEqual([
    'empty_file',
    ...Array(9).fill(undefined),
    'too_many_at_once',
  ]);
  const huge = text('huge');
  Object.defineProperty(huge, 'size', { value: 25 * 1024 * 1024 + 1 });
  const other = scene();
  other.uploads.add([huge]);
  expect(other.uploads.items()[0]?.fault?.code).toBe('media_too_large');
  expect([begun.length, other.begun.length]).toEqual([9, 0]);
});
