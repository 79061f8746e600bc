create table scans (
  id bigint generated always as identity primary key,
  run_id bigint not null references runs (id) on delete cascade,
  run_attempt integer not null,
  scan_type text not null check (scan_type in ('sonarqube', 'zap', 'trivy', 'lint', 'test')),
  tool text not null,
  category text not null,
  status text not null check (status in ('queued', 'running', 'completed', 'failed')),
  -- Where the counts come from: the tool's own report wins over what the sender counted.
  counts_from text not null default 'sender' check (counts_from in ('sender', 'report')),
  counts jsonb not null default '{}',
  changes jsonb,
  partial boolean not null default false,
  tool_version text,
  target text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (run_id, run_attempt, scan_type, tool, category)
);
create index scans_history on scans (scan_type, tool, category, id);

-- One thing received: a report, or counts alone.
create table imports (
  id uuid primary key,
  run_id bigint not null references runs (id) on delete cascade,
  scan_id bigint references scans (id) on delete cascade,
  status text not null check (status in ('queued', 'running', 'completed', 'partial', 'refused', 'failed')),
  scan_type text not null,
  format text,
  sha256 bytea not null,
  size_bytes bigint not null,
  content_encoding text,
  -- The sender's words about the run, unknown fields with them.
  facts jsonb not null,
  api_token_id bigint references api_tokens (id) on delete set null,
  -- Where it stands in the order of its branch: the run's start, else its arrival.
  ordered_at timestamptz not null,
  received_at timestamptz not null default now(),
  completed_at timestamptz,
  counts jsonb,
  changes jsonb,
  -- Part of how many, where the sender splits one scan over several jobs.
  shard_index integer,
  shard_total integer,
  -- How often a task has begun to read it; one that keeps failing is given up.
  tries integer not null default 0,
  -- Which findings it was matched with.
  scope_id bigint,
  warnings jsonb not null default '[]'
);
create index imports_run on imports (run_id, received_at);
create index imports_scan on imports (scan_id, sha256);
create index imports_api_token on imports (api_token_id);
create index imports_received on imports (received_at);
create index imports_scope on imports (scope_id);

-- The received bytes, as they came, in pieces of at most 1 MiB, each a Zstandard frame. They are written while a large report still arrives,
-- before its import exists; pieces that never got one are swept away.
create table import_chunks (
  import_id uuid not null,
  ordinal integer not null,
  bytes bytea not null,
  received_at timestamptz not null default now(),
  primary key (import_id, ordinal)
);
alter table import_chunks alter column bytes set storage external;
create index import_chunks_received on import_chunks (received_at);

-- What findings are matched within: branches share it, so that one problem is one finding on all of them.
create table finding_scopes (
  id bigint generated always as identity primary key,
  repository_id bigint not null references repositories (id),
  scan_type text not null,
  tool text not null,
  -- The sender's category, else what was scanned without its tag.
  target text not null,
  unique (repository_id, scan_type, tool, target)
);

create table findings (
  id bigint generated always as identity primary key,
  scope_id bigint not null references finding_scopes (id),
  identity uuid not null,
  -- Tells findings of equal identity apart.
  ordinal integer not null,
  variant text not null,
  -- Of all that is shown; a changed one is written again.
  content_hash uuid not null,
  kind text not null check (kind in ('vulnerability', 'misconfiguration', 'secret', 'license', 'issue')),
  severity text not null,
  -- critical 0 … unknown 5, to sort by.
  severity_rank smallint not null,
  severity_word text,
  rule text not null,
  title text not null,
  message text not null,
  target text,
  path text,
  line integer,
  package_name text,
  installed_version text,
  fixed_version text,
  url text,
  detail jsonb not null,
  created_at timestamptz not null default now(),
  unique (scope_id, identity, ordinal)
);

-- The board counts these at every look.
create index findings_critical on findings (id) where severity_rank = 0;

-- A scope on one branch; its row is the lock under which reports of that branch are matched, one after another.
create table branch_scopes (
  id bigint generated always as identity primary key,
  scope_id bigint not null references finding_scopes (id),
  branch text not null,
  -- Order and scan of the newest report that was applied.
  newest_ordered_at timestamptz,
  newest_scan_id bigint references scans (id) on delete set null,
  unique (scope_id, branch)
);
create index branch_scopes_newest_scan on branch_scopes (newest_scan_id);

create table finding_states (
  branch_scope_id bigint not null references branch_scopes (id) on delete cascade,
  finding_id bigint not null references findings (id) on delete cascade,
  state text not null check (state in ('open', 'fixed', 'dismissed')),
  first_seen_at timestamptz not null,
  first_seen_run_id bigint,
  -- When the state began.
  changed_at timestamptz not null,
  changed_run_id bigint,
  primary key (branch_scope_id, finding_id)
);
create index finding_states_finding on finding_states (finding_id);
create index finding_states_open on finding_states (branch_scope_id, finding_id) where state = 'open';

-- The sighting of a finding in a scan, or (change 'fixed') its absence from the report that fixed it.
create table occurrences (
  scan_id bigint not null references scans (id) on delete cascade,
  finding_id bigint not null references findings (id) on delete cascade,
  scope_id bigint not null,
  change text not null check (change in ('new', 'reopened', 'unchanged', 'fixed')),
  line integer,
  severity_rank smallint not null,
  primary key (scan_id, finding_id)
);
create index occurrences_finding on occurrences (finding_id, scan_id);
