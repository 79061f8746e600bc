-- What a run of the repository must keep: a list of {metric, at_most}; null: no gate.
alter table repositories add column gate jsonb;
-- The verdict on a run's newest attempt, with each condition as it stood; null: no gate.
alter table runs add column gate jsonb;
