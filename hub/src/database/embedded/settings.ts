/**
 * The settings of the server, given on its command line: they win over postgresql.conf and ALTER SYSTEM, so that what
 * runs is what stands here.
 *
 * Hub and PostgreSQL together stay below 300 MB resident when idle; the server's part of that is small because
 * PostgreSQL touches shared memory only as it fills.
 */
const defaults = {
  shared_buffers: "64MB",
  max_connections: "60",
  max_worker_processes: "4",
  max_parallel_workers: "2",
  max_parallel_workers_per_gather: "1",
  max_parallel_maintenance_workers: "1",
  // No logical replication here: saves its launcher process.
  max_logical_replication_workers: "0",
  autovacuum: "on",
  autovacuum_max_workers: "2",
  // Compiling a query costs 100 ms and more, ours run for a few.
  jit: "off",
  // Bounds the disk that the log of changes takes, and the time of a recovery after a crash.
  max_wal_size: "512MB",
  // "try" ends in SIGBUS in containers whose limit for huge pages is 0.
  huge_pages: "off",
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  log_destination: "stderr",
  logging_collector: "off",
  // The hub's log has a time of its own.
  log_line_prefix: "[%p] ",
  // Recovery after a crash tells how far it is: the start waits as long as it does.
  log_startup_progress_interval: "10s",
  // Shown in process lists: "postgres: sentinal: checkpointer".
  cluster_name: "sentinal",
  password_encryption: "scram-sha-256",
} satisfies Record<string, string>;

/** Since 18: reads go through worker processes of their own, three by default. One is enough here. */
const defaultsSince18 = { io_workers: "1" } satisfies Record<string, string>;

export type ServerSettings = {
  major: number;
  socketFolder: string;
  socketPort: number;
  /** Whether the programs were built with lz4: several times faster than PostgreSQL's own compression. */
  hasLz4: boolean;
  extra: Readonly<Record<string, string>>;
};

/** The command line of `postgres` without `-D`. Where the server listens cannot be changed by extra settings. */
export function settingArguments(settings: ServerSettings): string[] {
  const all = {
    ...defaults,
    ...(settings.major >= 18 ? defaultsSince18 : {}),
    ...(settings.hasLz4 ? { default_toast_compression: "lz4" } : {}),
    ...settings.extra,
    listen_addresses: "",
    port: String(settings.socketPort),
    unix_socket_directories: settings.socketFolder,
    unix_socket_permissions: "0700",
  };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
