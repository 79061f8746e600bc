-- Whose GitHub Actions jobs get a hub token. Never changed, only revoked: a token tells what it was made under.
create table trust_bindings (
  id bigint generated always as identity primary key,
  name text not null,
  -- As it was called then. Shown, never compared: names are given away, ids are not.
  repository text not null,
  repository_id bigint not null,
  repository_owner_id bigint not null,
  workflow text not null,
  refs text[] not null,
  events text[] not null,
  scopes text[] not null,
  environment text,
  created_by bigint references users (id) on delete set null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index trust_bindings_repository on trust_bindings (repository_id) where revoked_at is null;
create index trust_bindings_created_by on trust_bindings (created_by);

-- One job's ID token, used up, and the hub token that was given for it.
create table oidc_tokens (
  id bigint generated always as identity primary key,
  binding_id bigint not null references trust_bindings (id) on delete cascade,
  -- Each ID token is good for one exchange, on all hubs together.
  jti text not null unique,
  -- SHA-256 of the whole hub token.
  token_hash bytea not null unique,
  scopes text[] not null,
  repository text not null,
  github_run_id bigint not null,
  run_attempt integer not null,
  event text not null,
  ref text not null,
  -- Of runs of pull requests: the one commit that results may be written for.
  commit_hash text,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- Until then the jti must be remembered.
  id_token_expires_at timestamptz not null,
  revoked_at timestamptz
);
create index oidc_tokens_binding on oidc_tokens (binding_id, id desc);
create index oidc_tokens_issued on oidc_tokens (issued_at);

-- The issuer's public keys, so that a hub that starts while the issuer is away still verifies.
create table oidc_issuer_keys (
  issuer text primary key,
  keys jsonb not null,
  fetched_at timestamptz not null
);

-- Under which binding a report came, where it came with no API token.
alter table imports add column trust_binding_id bigint references trust_bindings (id) on delete set null;
create index imports_trust_binding on imports (trust_binding_id) where trust_binding_id is not null;

-- Jobs act by themselves when they exchange their token.
alter table audit_entries drop constraint audit_entries_actor_kind_check;
alter table audit_entries add constraint audit_entries_actor_kind_check check (actor_kind in ('user', 'api_token', 'oidc', 'operator', 'hub', 'anonymous'));
