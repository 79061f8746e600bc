create table repositories (
  id bigint generated always as identity primary key,
  name text not null unique,
  default_branch text,
  created_at timestamptz not null default now()
);

create table runs (
  id bigint generated always as identity primary key,
  repository_id bigint not null references repositories (id),
  commit_hash text not null,
  branch text not null,
  -- GitHub's id of the run; a re-run keeps it and counts its attempts.
  github_run_id bigint,
  run_attempt integer not null default 1,
  workflow text,
  event text,
  actor text,
  commit_message text,
  pull_request bigint,
  status text not null check (status in ('Queued', 'Running', 'Success', 'Failed', 'Cancelled')),
  -- What senders said last, before scans have their word.
  sender_status text,
  started_at timestamptz,
  completed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  critical_vulnerabilities integer not null default 0
);
create unique index runs_github_run on runs (repository_id, github_run_id) where github_run_id is not null;
create index runs_commit on runs (repository_id, commit_hash, branch, created_at);
create index runs_strip on runs (repository_id, workflow, branch, id);
create index runs_branch on runs (repository_id, branch, id);
create index runs_created on runs (created_at);
create index runs_repository on runs (repository_id, id);
