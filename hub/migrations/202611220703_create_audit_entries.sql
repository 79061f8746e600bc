create table audit_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('user', 'api_token', 'operator', 'hub', 'anonymous')),
  actor_id text,
  action text not null,
  subject_kind text,
  subject_id text,
  outcome text not null check (outcome in ('done', 'refused')),
  address text,
  request_id text,
  -- Ids and keyed fingerprints, never values.
  detail jsonb not null default '{}',
  -- Set by the sealing writer: place in the chain, and SHA-256 over the entry and the hash before it.
  position bigint unique,
  hash bytea
);
create index audit_entries_unsealed on audit_entries (id) where position is null;
create index audit_entries_at on audit_entries (at);
create index audit_entries_subject on audit_entries (subject_kind, subject_id, at);
