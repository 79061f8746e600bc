-- Tells equal findings of one line apart when they are matched; null for what has no place or no column.
alter table findings add column place_column integer;
