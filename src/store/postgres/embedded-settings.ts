/** What `initdb` is told, apart from the folder and the password file. */
export const INITDB_WORDS: readonly string[] = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // Built into PostgreSQL itself: text sorts the same after every update of the system's libraries.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--data-checksums',
  '--no-instructions',
];

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // A socket's path has a length limit that a data folder may exceed; the password guards the port.
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  // A process holds about 25 once it runs: those of its store, of its queue, and one that listens.
  max_connections: '200',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '512MB',
  jit: 'off',
  // Short queries gain nothing from helpers, and containers often have very little shared memory.
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  min_wal_size: '64MB',
  max_wal_size: '512MB',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
  // Statements and details hold customers' words.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/**
 * The words that start the server on a folder and a port.
 *
 * @param data the folder of the data itself
 * @param port the port on 127.0.0.1
 */
export function serverWords(data: string, port: number): string[] {
  const settings = Object.entries({ ...SETTINGS, port: String(port) });
  return ['-D', data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
