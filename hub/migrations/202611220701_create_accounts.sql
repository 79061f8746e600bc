create table users (
  id bigint generated always as identity primary key,
  username text not null,
  email text not null,
  password_hash text not null,
  role text not null check (role in ('Viewer', 'Member', 'Admin')),
  created_at timestamptz not null default now(),
  password_changed_at timestamptz not null default now(),
  disabled_at timestamptz
);
-- Two spellings of one name would be two people who look alike.
create unique index users_username on users (lower(username));
create unique index users_email on users (lower(email));

-- One sign-in and all the refresh tokens that grew from it: the family.
create table sessions (
  family uuid primary key,
  user_id bigint not null references users (id) on delete cascade,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  user_agent text,
  address text,
  revoked_at timestamptz,
  revoked_reason text
);
create index sessions_user on sessions (user_id, created_at);

create table refresh_tokens (
  jti uuid primary key,
  token_hash bytea not null unique,
  user_id bigint not null references users (id) on delete cascade,
  family uuid not null references sessions (family) on delete cascade,
  expires_at timestamptz not null,
  revoked boolean not null default false,
  created_at timestamptz not null default now(),
  -- Set when it was exchanged for its successor.
  rotated_at timestamptz,
  successor_jti uuid,
  -- The successor, sealed under a key derived from this token itself: only who holds the token can open it.
  -- Erased when the grace ends.
  successor_sealed bytea
);
create index refresh_tokens_family on refresh_tokens (family);
create index refresh_tokens_user on refresh_tokens (user_id);
-- What is sealed is looked for by its successor, and swept when its time is over.
create index refresh_tokens_sealed on refresh_tokens (successor_jti) where successor_sealed is not null;
