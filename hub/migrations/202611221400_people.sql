-- When the user of a session last proved who they are; sensitive acts ask anew when that is long ago.
alter table sessions add column authenticated_at timestamptz;
update sessions set authenticated_at = created_at;
alter table sessions alter column authenticated_at set default now(), alter column authenticated_at set not null;

-- A link that makes one account of a role.
create table invitations (
  id bigint generated always as identity primary key,
  -- SHA-256 of the token in the link.
  token_hash bytea not null unique,
  -- For whom it is; the account then has this address.
  email text,
  role text not null check (role in ('Viewer', 'Member', 'Admin')),
  created_at timestamptz not null default now(),
  created_by bigint references users (id) on delete set null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by bigint references users (id) on delete set null,
  revoked_at timestamptz
);
create index invitations_created_by on invitations (created_by);
create index invitations_used_by on invitations (used_by);

-- A link that sets a new password for an account.
create table password_resets (
  id bigint generated always as identity primary key,
  -- SHA-256 of the token in the link.
  token_hash bytea not null unique,
  user_id bigint not null references users (id) on delete cascade,
  created_at timestamptz not null default now(),
  created_by bigint references users (id) on delete set null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- Set when something else came first: a newer link, a new password, the end of the account.
  voided_at timestamptz
);
create index password_resets_user on password_resets (user_id);
create index password_resets_created_by on password_resets (created_by);

-- What a user must be told at their next sign-in, until they put it away.
create table account_notices (
  id bigint generated always as identity primary key,
  user_id bigint not null references users (id) on delete cascade,
  kind text not null check (kind in ('refresh_token_reused')),
  created_at timestamptz not null default now(),
  -- Of the session that it is about.
  session uuid,
  user_agent text,
  -- From where the act came.
  address text,
  dismissed_at timestamptz
);
create index account_notices_user on account_notices (user_id, id);
