create table api_tokens (
  id bigint generated always as identity primary key,
  name text not null,
  prefix text not null,
  -- SHA-256 of the whole string.
  token_hash bytea not null unique,
  scopes text[] not null,
  repository text,
  created_by bigint references users (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  last_used_address text,
  revoked_at timestamptz,
  revoked_reason text
);
create index api_tokens_created_by on api_tokens (created_by);
