-- What a passkey calls its account by: a random number, for authenticators show it to whoever holds them.
alter table users add column passkey_handle uuid not null default gen_random_uuid();
create unique index users_passkey_handle on users (passkey_handle);

-- The authenticator app of an account; from the first scan on, but it counts only once a code confirmed it.
create table totp_factors (
  user_id bigint primary key references users (id) on delete cascade,
  -- Sealed by the vault.
  secret bytea not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_used_at timestamptz,
  -- The newest time step (30 s since 1970) whose code was accepted; it and all before are refused.
  last_step bigint,
  -- Tries since the last right code, and when the first of them was made: both together slow down guessing over all hubs.
  tries integer not null default 0,
  tries_since timestamptz
);

create table passkeys (
  id bigint generated always as identity primary key,
  user_id bigint not null references users (id) on delete cascade,
  name text not null,
  -- base64url.
  credential_id text not null,
  -- COSE.
  public_key bytea not null,
  -- How often it was used, by its own count; those that are kept on several devices stay at 0.
  counter bigint not null,
  transports text[] not null,
  -- Whether its maker keeps a copy elsewhere.
  is_synced boolean not null,
  -- The host that it was made for; it works nowhere else.
  rp_id text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create unique index passkeys_credential on passkeys (credential_id);
create index passkeys_user on passkeys (user_id, id);

create table recovery_codes (
  id bigint generated always as identity primary key,
  user_id bigint not null references users (id) on delete cascade,
  -- SHA-256; a code has 118 bits.
  code_hash bytea not null,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
create unique index recovery_codes_hash on recovery_codes (user_id, code_hash);

-- What somebody was asked to prove, until they did or its time is over.
create table proof_challenges (
  id bigint generated always as identity primary key,
  -- SHA-256 of the token that the asked holds.
  token_hash bytea not null unique,
  purpose text not null check (purpose in ('second_factor', 'passkey_sign_in', 'passkey_registration', 'reauthentication')),
  -- Null where the passkey itself says whose it is.
  user_id bigint references users (id) on delete cascade,
  -- The session that asked, where somebody is signed in.
  session uuid,
  -- SHA-256 of the stored hash of the password that was right: another password ends the challenge.
  password_mark bytea,
  -- What a passkey signs.
  nonce bytea not null,
  tries integer not null default 0,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index proof_challenges_user on proof_challenges (user_id);
create index proof_challenges_expiry on proof_challenges (expires_at);
