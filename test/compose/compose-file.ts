import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';

/** A service of docker-compose.yml, as far as tests read it. */
export interface Service {
  readonly profiles?: readonly string[];
  readonly image: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly (string | { readonly path: string; readonly required?: boolean })[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly stop_grace_period?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly deploy?: { readonly resources?: { readonly limits?: Readonly<Record<string, unknown>> } };
}

/** The whole file. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** The top of the project. */
export const root = join(import.meta.dirname, '../..');

/** A file of the project. @param path from its top */
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/**
 * Puts values in as Compose does: `${NAME}`, `${NAME:-default}` and `${NAME:?message}`; `$$` is a `$`.
 * @throws Error with the message of a value that must be there and is not
 */
export function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\$|\$\{(\w+)(?:(:[-?])([^}]*))?\}/gu,
    (found, name?: string, rule?: string, other = '') => {
      if (name === undefined) return found === '$$' ? '$' : found;
      const value = variables[name] ?? '';
      if (value !== '') return value;
      if (rule === ':?') throw new Error(`required variable ${name} is missing a value: ${other}`);
      return other;
    },
  );
}

/** docker-compose.yml as Compose reads it. */
export function readCompose(variables: Readonly<Record<string, string>>): ComposeFile {
  return parse(interpolate(textOf('docker-compose.yml'), variables), { merge: true }) as ComposeFile;
}

/** All that a service finds in its environment. */
export function environmentOf(
  service: Service,
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const files = (service.env_file ?? []).map((file) => (typeof file === 'string' ? { path: file } : file));
  const given = files
    .filter(({ required }) => required !== false)
    .map(({ path }) => parseEnv(interpolate(textOf(path), variables)) as Record<string, string>);
  return Object.assign({}, ...given, service.environment);
}
