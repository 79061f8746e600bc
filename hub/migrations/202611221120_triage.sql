-- One decision of a person on findings, however many it was on.
create table triage_acts (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  user_id bigint references users (id) on delete set null,
  action text not null check (action in ('dismiss', 'reopen')),
  reason text check (reason in ('false_positive', 'accepted_risk', 'wont_fix', 'used_in_tests')),
  comment text,
  check ((action = 'dismiss') = (reason is not null))
);
create index triage_acts_user on triage_acts (user_id);

-- What the decision changed. The newest act of a finding on a branch is why it stands there as it does.
create table finding_triage (
  act_id bigint not null references triage_acts (id) on delete cascade,
  branch_scope_id bigint not null references branch_scopes (id) on delete cascade,
  finding_id bigint not null references findings (id) on delete cascade,
  primary key (act_id, branch_scope_id, finding_id)
);
create index finding_triage_finding on finding_triage (finding_id, act_id desc);
create index finding_triage_branch_scope on finding_triage (branch_scope_id);

-- Lists walk a scope in the order they show, and look each finding's state up: only as far as a page reaches.
-- Texts are compared by their bytes and by their beginning, for an entry of an index holds 2,704 bytes.
create index findings_by_severity on findings (scope_id, severity_rank, id);
create index findings_by_rule on findings (scope_id, (left(rule, 200) collate "C"), id);
-- What stands at no path comes last.
create index findings_by_path on findings (scope_id, (coalesce(left(path, 200), U&'\+10FFFF') collate "C"), id);
create index findings_by_package on findings ((left(package_name, 200) collate "C"), scope_id) where package_name is not null;
create index finding_states_closed on finding_states (branch_scope_id, state, finding_id) where state <> 'open';
