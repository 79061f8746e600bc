-- A test of a scope (its repository, tool and category), the same over runs and branches.
create table test_cases (
  id bigint generated always as identity primary key,
  scope_id bigint not null references finding_scopes (id),
  -- Of suites, class, name, file and parameters; equal ones of one report have ordinals.
  identity uuid not null,
  ordinal integer not null,
  kind text not null check (kind in ('case', 'suite')),
  suites jsonb not null,
  class_name text,
  name text not null,
  file text,
  line integer,
  created_at timestamptz not null default now(),
  unique (scope_id, identity, ordinal)
);

-- The result of a test in a scan. Texts only of what did not simply pass.
create table test_results (
  scan_id bigint not null references scans (id) on delete cascade,
  test_id bigint not null references test_cases (id) on delete cascade,
  outcome text not null check (outcome in ('failed', 'error', 'passed', 'skipped')),
  status_word text not null,
  is_flaky boolean not null,
  -- Against the branch before; null for what passes or is skipped as before.
  change text check (change in ('new', 'reopened', 'unchanged', 'fixed')),
  duration_ms real,
  message text,
  error_type text,
  -- Of the message, its numbers masked: equal errors are shown as one.
  error_hash uuid,
  trace text,
  attempts jsonb,
  detail jsonb,
  primary key (scan_id, test_id)
);
create index test_results_history on test_results (test_id, scan_id desc);

-- Where a test stands on a branch.
create table test_states (
  branch_scope_id bigint not null references branch_scopes (id) on delete cascade,
  test_id bigint not null references test_cases (id) on delete cascade,
  is_failing boolean not null,
  -- It has failed at some time: failing once more is `reopened`.
  has_failed boolean not null,
  changed_at timestamptz not null,
  changed_run_id bigint,
  primary key (branch_scope_id, test_id)
);
create index test_states_test on test_states (test_id);
