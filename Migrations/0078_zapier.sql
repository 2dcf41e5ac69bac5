-- Integrations whose program gets a token of the company's instead of giving credentials, as Zapier
-- does: which scopes it opens is data of the catalogue. What comes out: a token that is made with
-- the connection, told once, and ends with it, and its webhooks with it.

set local row_security = on;

set local role hub_owner;

alter table integration add column token_scopes text[]
  check (
    cardinality(token_scopes) between 1 and 100 and array_position(token_scopes, null) is null);

comment on column integration.token_scopes is
  'What the token opens that connecting makes for its program; null: it makes none.';

update integration set token_scopes = array[
  'company:read', 'company.identification:read', 'solutions:read', 'integrations:read',
  'people:read', 'events:read', 'events.changes:read', 'webhooks:read', 'webhooks:write']
where code = 'zapier';

alter table api_token add column integration text references integration;

comment on column api_token.integration is
  'The integration that it was made for, and whose end is its own; null: a person asked for it.';

grant select (integration) on api_token to hub_app;

create index api_token_by_integration on api_token (tenant_id, integration)
  where integration is not null;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function make_integration_token(
  session uuid, account uuid, tenant uuid, integration text, hash bytea, days integer)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from session s
    where s.id = make_integration_token.session
      and s.account_id = make_integration_token.account and is_fresh(s.authenticated_at))
  then
    raise exception 'a token is made behind a fresh proof alone' using errcode = 'HB403';
  end if;
  -- Behind connect_integration, in its transaction: where that refused, there is nothing new.
  perform from integration_connection c
  where c.tenant_id = make_integration_token.tenant
    and c.integration = make_integration_token.integration and c.connected_at = now();
  if not found then
    return 'not_connected';
  end if;
  perform end_integration_tokens(
    make_integration_token.tenant, make_integration_token.integration);
  insert into api_token (
    tenant_id, name, scopes, hash, created_by, expires_at, integration)
  select make_integration_token.tenant, i.name, i.token_scopes, make_integration_token.hash,
    make_integration_token.account, now() + make_interval(days => days), i.code
  from integration i
  where i.code = make_integration_token.integration and i.token_scopes is not null;
  return case when found then 'made' else 'not_offered' end;
end
$$;

comment on function make_integration_token(uuid, uuid, uuid, text, bytea, integer) is
  'Makes the token of an integration that was connected in this transaction, in the place of the '
  'one there was, good for so many days. Outcomes: made; not_connected; not_offered: it has none.';

create function end_integration_tokens(tenant uuid, integration text) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  update api_token t set revoked_at = now(), previous_hash = null, previous_until = null
  where t.tenant_id = end_integration_tokens.tenant
    and t.integration = end_integration_tokens.integration and t.revoked_at is null
$$;

comment on function end_integration_tokens(uuid, text) is
  'Revokes the tokens of an integration, and so ends its webhooks. Runs with the rights of its '
  'caller.';

create function end_tokens_of_connection() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform end_integration_tokens(old.tenant_id, old.integration);
  return null;
end
$$;

comment on function end_tokens_of_connection() is
  'Trigger: what a connection''s program was given ends with the connection.';

grant execute on function make_integration_token(uuid, uuid, uuid, text, bytea, integer)
  to hub_app_write;
grant execute on function end_tokens_of_connection() to hub_owner;
grant execute on function webhook_message_id(bytea) to hub_app;

reset role;
revoke create on schema public from hub_auth;
set local role hub_owner;

create trigger end_tokens after delete on integration_connection
for each row execute function end_tokens_of_connection();

create function event_samples(tenant uuid, types text[], tells_changes boolean) returns json
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(json_agg(told.sample order by told.sequence desc), '[]')
  from (
    select e.sequence, jsonb_build_object('id', webhook_message_id(e.hash))
      || event_message(e, event_samples.tells_changes) as sample
    from event e
    where e.tenant_id = event_samples.tenant and e.type = any (event_samples.types)
    order by e.sequence desc
    limit 3) as told
$$;

comment on function event_samples(uuid, text[], boolean) is
  'The latest events of these types, as a webhook would be told of them, with the id of the '
  'message beside. Runs with the rights of its caller.';

grant execute on function event_samples(uuid, text[], boolean) to hub_app;

reset role;
