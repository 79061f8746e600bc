-- What the hub must remember of itself: the id of its key, the hash of the set-up code, and the like.
create table hub_state (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
