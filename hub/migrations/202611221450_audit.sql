-- The filters of the audit log, the newest first: each index ends in the time, so that a page is read in order.
create index audit_entries_actor on audit_entries (actor_kind, actor_id, at);
create index audit_entries_action on audit_entries (action text_pattern_ops, at);
-- What acts are about: `api_token` of `api_token.revoked`.
create index audit_entries_thing on audit_entries (split_part(action, '.', 1), at);
create index audit_entries_address on audit_entries (address, at) where address is not null;
create index audit_entries_refused on audit_entries (at) where outcome = 'refused';
create index audit_entries_fingerprint on audit_entries ((detail ->> 'fingerprint'), at) where detail ? 'fingerprint';

-- The key of the fingerprints, sealed in the vault: random, and so the same after the hub's key was changed.
create table audit_fingerprint_keys (
  version smallint primary key,
  sealed bytea not null,
  created_at timestamptz not null default now()
);
