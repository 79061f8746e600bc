-- A sealed value names its data key in its bytes 2 to 17. With the row that held it, in whatever way that is deleted, the
-- data key goes, so that no copy of the value can be opened again. The trigger's argument is the sealed column.
create function forget_data_key() returns trigger language plpgsql as $$
declare
  sealed bytea := (to_jsonb(old) ->> tg_argv[0])::bytea;
begin
  if length(sealed) >= 17 then
    delete from vault_data_keys where id = encode(substring(sealed from 2 for 16), 'hex')::uuid;
  end if;
  return null;
end
$$;
create trigger totp_factors_forget_data_key after delete on totp_factors for each row execute function forget_data_key('secret');

-- When each token between services was last shown, and from where.
alter table service_tokens add column last_used_at timestamptz, add column last_used_address text;

-- What ended long ago is looked for by these.
create index invitations_ends on invitations (least(used_at, revoked_at, expires_at));
create index password_resets_ends on password_resets (least(used_at, voided_at, expires_at));
create index account_notices_dismissed on account_notices (dismissed_at) where dismissed_at is not null;
