-- What findings at places in source files are matched by besides their identity; null for all others. See hub/src/matching.
alter table findings
  add column tool_key uuid,
  add column rule_path uuid,
  add column rule_name uuid,
  add column message_hash uuid,
  add column content uuid;
create index findings_rule_path on findings (scope_id, rule_path) where rule_path is not null;
create index findings_tool_key on findings (scope_id, tool_key) where tool_key is not null;

-- Who dismissed it: a person, or the tool by a suppression in the source or on its own server.
alter table finding_states add column dismissed_by text check (dismissed_by in ('user', 'tool'));

-- A verdict that the tool has made itself (SonarQube's quality gate), as the report tells it.
alter table scans add column tool_gate jsonb;

-- Hashes of the source at the places that the report names, as the sender told them: a Zstandard frame of JSON.
alter table imports add column places bytea;
