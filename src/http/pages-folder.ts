import { fileURLToPath } from 'node:url';

/** Where the build puts the pages; as far from the sources as from the bundled server. */
export const pagesFolder = fileURLToPath(new URL('../../dist/console/', import.meta.url));
