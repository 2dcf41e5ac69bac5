-- The first statement of every mutation. What comes out: nothing, or a named SQLSTATE that makes
-- PostgreSQL skip the writes queued behind it in the same batch.

set local role hub_owner;

create function app_guard(tenant uuid, account uuid, session uuid, roles text[]) returns void
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
declare
  held text;
begin
  select m.role into held
  from session s
  join membership m on m.tenant_id = app_guard.tenant and m.account_id = app_guard.account
  where s.id = app_guard.session and s.account_id = app_guard.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();

  if held is null then
    raise exception 'the session is over, or the person is no member any more'
      using errcode = 'HB401';
  elsif held <> all (app_guard.roles) then
    raise exception 'the role % does not permit this', held
      using errcode = 'HB403';
  end if;
end
$$;

comment on function app_guard(uuid, uuid, uuid, text[]) is
  'Raises HB401 where the session is dead or the account no member of the tenant, HB403 where the '
  'member''s role is not one of those given; null for the roles: any member. Reads through the '
  'policies of hub_app, so app.tenant_id and app.account_id must be set to the same two.';

grant execute on function app_guard(uuid, uuid, uuid, text[]) to hub_app;

reset role;
