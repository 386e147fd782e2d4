import { ApiError } from './api-error.ts';
import type { FileRef } from './message.ts';
import { parsed, refusal } from './request.ts';
import type { Upload } from './uploads.ts';

/** The longest name that the server takes; the end of a longer one says what it is. */
const maxNameLength = 200;

/**
 * Uploads a file to Relevo's own server. `fetch` cannot say how far it is; this can.
 * @throws ApiError when the server refuses, fails, cannot be reached, or the upload was cancelled
 */
export const upload: Upload = (path, file, { onProgress, signal }) =>
  new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const unreachable = () => reject(new ApiError('unreachable', 0, 'The server did not answer.'));
    call.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    call.onerror = unreachable;
    call.onabort = unreachable;
    call.onload = () => {
      const answer = parsed<{ file: FileRef }>(call.responseText);
      if (call.status === 201 && answer !== undefined) resolve(answer.file);
      else reject(refusal(call.status, call.responseText, call.getResponseHeader('retry-after')));
    };
    signal.addEventListener('abort', () => call.abort(), { once: true });
    call.open('POST', `${path}?name=${encodeURIComponent(file.name.slice(-maxNameLength) || 'file')}`);
    call.setRequestHeader('content-type', file.type || 'application/octet-stream');
    call.send(file);
  });
