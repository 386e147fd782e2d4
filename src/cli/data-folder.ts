import { access, constants, mkdir } from 'node:fs/promises';
import { RelevoError } from '../core/errors.ts';

/**
 * Makes the data folder where it is missing.
 * @throws RelevoError `data_folder_unusable` when it cannot be made or written
 */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new RelevoError(
      'data_folder_unusable',
      `the data folder ${folder} cannot be made or written${why}`,
      {
        hint: 'Let this account write there, or set RELEVO_DATA to a folder that it can write.',
        cause,
      },
    );
  }
}
