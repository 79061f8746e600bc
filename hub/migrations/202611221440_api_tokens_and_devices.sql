-- A token that was rotated: what took over, and until when it still works itself.
alter table api_tokens
  add column replaced_by bigint references api_tokens (id) on delete set null,
  add column overlap_ends_at timestamptz;
create unique index api_tokens_replaced_by on api_tokens (replaced_by) where replaced_by is not null;

-- A program that asks to be signed in, and what a person decided in the browser.
create table device_sign_ins (
  id bigint generated always as identity primary key,
  -- SHA-256 of what the program keeps.
  device_code_hash bytea not null unique,
  -- Keyed, for the code itself is short enough to be tried out.
  user_code_hash bytea not null unique,
  -- As the program calls itself.
  client_name text not null,
  address text not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'denied', 'redeemed')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_polled_at timestamptz,
  decided_by bigint references users (id) on delete cascade,
  -- The browser's session that decided: a sign-in that it approved ends with it, as long as nobody fetched it.
  decided_in uuid references sessions (family) on delete cascade
);
create index device_sign_ins_expires on device_sign_ins (expires_at);
create index device_sign_ins_decided_by on device_sign_ins (decided_by);
create index device_sign_ins_decided_in on device_sign_ins (decided_in);
