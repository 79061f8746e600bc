-- The data key of each sealed record, wrapped by the hub's key of that id. Sealed values name their data key by id, so
-- that re-wrapping touches this table alone and finds everything there is.
create table vault_data_keys (
  id uuid primary key,
  key_id text not null,
  -- Nonce, ciphertext, tag.
  wrapped bytea not null,
  created_at timestamptz not null default now()
);
create index vault_data_keys_key on vault_data_keys (key_id, id);

-- From one key of the hub to the next. While it lasts each of the two is kept here, sealed under the other, so that a
-- hub with either of them has both; when it is finished they are erased.
create table key_rotations (
  id bigint generated always as identity primary key,
  from_key text not null,
  to_key text not null,
  -- The new key under the old one, and the old under the new one.
  forward bytea,
  backward bytea,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  check (from_key <> to_key),
  check ((finished_at is null) = (forward is not null and backward is not null)),
  check ((forward is null) = (backward is null))
);
-- One at a time.
create unique index key_rotations_unfinished on key_rotations ((finished_at is null)) where finished_at is null;

-- Tokens with which services prove themselves to each other, one a service; the hash alone is kept.
create table service_tokens (
  id bigint generated always as identity primary key,
  service text not null,
  prefix text not null,
  -- SHA-256 of the whole string.
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  -- It has a successor, beside which it works until it expires.
  replaced_at timestamptz,
  revoked_at timestamptz
);
create index service_tokens_service on service_tokens (service, id);
-- The one that a service is to use; those before it only run out.
create unique index service_tokens_current on service_tokens (service) where replaced_at is null and revoked_at is null;
