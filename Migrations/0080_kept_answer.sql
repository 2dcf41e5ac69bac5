-- Answers that are kept for a day, so that a mutation which is sent again under its Idempotency-Key
-- is answered again and not done again. What comes out: the table, what claims a key for one act,
-- and its housekeeping.
--
-- A key is claimed, acted under and answered in one transaction: what a crash cuts off has left
-- nothing, and what was committed has its answer. The claim is a lock that ends with the
-- transaction, whichever server it is of; a second one does not wait for it, for it would hold a
-- connection meanwhile.

set local row_security = on;

set local role hub_owner;

create table kept_answer (
  tenant_id uuid not null references company on delete cascade
    check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  actor uuid not null,
  key_digest bytea not null check (octet_length(key_digest) = 32),
  field text not null,
  body_digest bytea not null check (octet_length(body_digest) = 32),
  sealed_answer bytea not null,
  kept_at timestamptz not null default now(),
  primary key (tenant_id, actor, key_digest, field)
);
create index kept_answer_to_purge on kept_answer (kept_at);

comment on table kept_answer is
  'What was answered to mutations that were sent with an Idempotency-Key. [redacted]';
comment on column kept_answer.tenant_id is 'The company that was acted in.';
comment on column kept_answer.actor is
  'Who acted: the account, or the partner''s token.';
comment on column kept_answer.key_digest is 'SHA-256 of the key.';
comment on column kept_answer.field is 'The response name of the field that was performed.';
comment on column kept_answer.body_digest is
  'SHA-256 of what was asked: another body under the same key is refused.';
comment on column kept_answer.sealed_answer is 'The field''s value and errors, sealed.';
comment on column kept_answer.kept_at is 'When it was answered; a day later it is forgotten.';

alter table kept_answer enable row level security, force row level security;
create policy kept_answer_of_tenant on kept_answer to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
grant select on kept_answer to hub_app;
grant insert, update (body_digest, sealed_answer, kept_at) on kept_answer to hub_app_write;
create policy kept_answer_by_auth on kept_answer to hub_auth using (true);
grant select, update, delete on kept_answer to hub_auth;
create trigger refuse_truncate before truncate on kept_answer
for each statement execute function refuse_truncate();

create function claim_answer(
  tenant uuid, actor uuid, key_digest bytea, field text, kept_seconds integer)
returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended(
    'mi-alegra: answer to ' || claim_answer.tenant || claim_answer.actor
      || encode(claim_answer.key_digest, 'hex') || claim_answer.field, 0))
  then
    raise exception 'somebody is at it' using errcode = 'HB409';
  end if;
  perform from kept_answer k
  where k.tenant_id = claim_answer.tenant and k.actor = claim_answer.actor
    and k.key_digest = claim_answer.key_digest and k.field = claim_answer.field
    and k.kept_at > now() - make_interval(secs => kept_seconds);
  if found then
    raise exception 'it was answered' using errcode = 'HB208';
  end if;
end
$$;

comment on function claim_answer(uuid, uuid, bytea, text, integer) is
  'Claims a key for what the transaction does: HB409 where another one is at it, HB208 where there '
  'is an answer.';

create function keep_answer(
  tenant uuid, actor uuid, key_digest bytea, field text, body_digest bytea, sealed_answer bytea)
returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  insert into kept_answer as k (tenant_id, actor, key_digest, field, body_digest, sealed_answer)
  values (tenant, actor, key_digest, field, body_digest, sealed_answer)
  on conflict (tenant_id, actor, key_digest, field) do update
  set body_digest = excluded.body_digest, sealed_answer = excluded.sealed_answer, kept_at = now()
$$;

comment on function keep_answer(uuid, uuid, bytea, text, bytea, bytea) is
  'Keeps the answer of what was claimed, in the place of one that was forgotten.';

revoke execute on function
  claim_answer(uuid, uuid, bytea, text, integer),
  keep_answer(uuid, uuid, bytea, text, bytea, bytea) from public;
grant execute on function
  claim_answer(uuid, uuid, bytea, text, integer),
  keep_answer(uuid, uuid, bytea, text, bytea, bytea) to hub_app_write;

reset role;

-- Housekeeping, and secrets at rest ---------------------------------------------------------------

grant create on schema public to hub_auth;
set local role hub_auth;

create function purge_kept_answers(kept_seconds double precision, rows_max integer)
returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
  with old as (
    select k.tenant_id, k.actor, k.key_digest, k.field from kept_answer k
    where k.kept_at < now() - make_interval(secs => kept_seconds)
    order by k.kept_at
    limit rows_max
    for update skip locked),
  removed as (
    delete from kept_answer k using old
    where k.tenant_id = old.tenant_id and k.actor = old.actor
      and k.key_digest = old.key_digest and k.field = old.field
    returning 1)
  select count(*)::integer from removed
$$;

comment on function purge_kept_answers(double precision, integer) is
  'Removes answers that were kept for so long, so many of them; how many.';

create function row_key_of(answer kept_answer) returns text
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$ select answer.actor || ' ' || encode(answer.key_digest, 'hex') || ' ' || answer.field $$;

comment on function row_key_of(kept_answer) is
  'The row''s key below its company, as its answer is sealed for it.';

create or replace function sealing_keys_in_use(
  out place text, out key_name text, out secrets bigint)
returns setof record
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select 'second_factor.sealed_secret', sealing_key_of(f.sealed_secret), count(*)
  from second_factor f
  group by 2
  union all
  select 'integration_connection.sealed_credentials', sealing_key_of(c.sealed_credentials),
    count(*)
  from integration_connection c
  where c.sealed_credentials is not null
  group by 2
  union all
  select 'webhook.sealed_secret', sealing_key_of(w.sealed_secret), count(*)
  from webhook w
  group by 2
  union all
  select 'webhook.sealed_previous_secret', sealing_key_of(w.sealed_previous_secret), count(*)
  from webhook w
  where w.sealed_previous_secret is not null
  group by 2
  union all
  select 'kept_answer.sealed_answer', sealing_key_of(k.sealed_answer), count(*)
  from kept_answer k
  group by 2
  order by 1, 2
$$;

create or replace function secrets_to_reseal(
  place text, key_name text, after_tenant uuid, after_row text, rows_max integer,
  out tenant uuid, out row_key text, out sealed bytea)
returns setof record
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if place = 'second_factor.sealed_secret' then
    return query
    select null::uuid, f.account_id::text, f.sealed_secret
    from second_factor f
    where sealing_key_of(f.sealed_secret) is distinct from secrets_to_reseal.key_name
      and (after_row is null or f.account_id > after_row::uuid)
    order by f.account_id
    limit rows_max;
  elsif place = 'integration_connection.sealed_credentials' then
    return query
    select c.tenant_id, c.integration, c.sealed_credentials
    from integration_connection c
    where c.sealed_credentials is not null
      and sealing_key_of(c.sealed_credentials) is distinct from secrets_to_reseal.key_name
      and (after_row is null or (c.tenant_id, c.integration) > (after_tenant, after_row))
    order by c.tenant_id, c.integration
    limit rows_max;
  elsif place = 'webhook.sealed_secret' then
    return query
    select w.tenant_id, w.id::text, w.sealed_secret
    from webhook w
    where sealing_key_of(w.sealed_secret) is distinct from secrets_to_reseal.key_name
      and (after_row is null or (w.tenant_id, w.id) > (after_tenant, after_row::uuid))
    order by w.tenant_id, w.id
    limit rows_max;
  elsif place = 'webhook.sealed_previous_secret' then
    return query
    select w.tenant_id, w.id::text, w.sealed_previous_secret
    from webhook w
    where w.sealed_previous_secret is not null
      and sealing_key_of(w.sealed_previous_secret) is distinct from secrets_to_reseal.key_name
      and (after_row is null or (w.tenant_id, w.id) > (after_tenant, after_row::uuid))
    order by w.tenant_id, w.id
    limit rows_max;
  elsif place = 'kept_answer.sealed_answer' then
    return query
    select k.tenant_id, row_key_of(k), k.sealed_answer
    from kept_answer k
    where sealing_key_of(k.sealed_answer) is distinct from secrets_to_reseal.key_name
      and (after_row is null or (k.tenant_id, row_key_of(k)) > (after_tenant, after_row))
    order by k.tenant_id, row_key_of(k)
    limit rows_max;
  end if;
end
$$;

create or replace function reseal(place text, tenant uuid, row_key text, before bytea, after bytea)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if place = 'second_factor.sealed_secret' then
    update second_factor f set sealed_secret = reseal.after
    where f.account_id = reseal.row_key::uuid and f.sealed_secret = reseal.before;
  elsif place = 'integration_connection.sealed_credentials' then
    update integration_connection c set sealed_credentials = reseal.after
    where c.tenant_id = reseal.tenant and c.integration = reseal.row_key
      and c.sealed_credentials = reseal.before;
  elsif place = 'webhook.sealed_secret' then
    update webhook w set sealed_secret = reseal.after
    where w.tenant_id = reseal.tenant and w.id = reseal.row_key::uuid
      and w.sealed_secret = reseal.before;
  elsif place = 'webhook.sealed_previous_secret' then
    update webhook w set sealed_previous_secret = reseal.after
    where w.tenant_id = reseal.tenant and w.id = reseal.row_key::uuid
      and w.sealed_previous_secret = reseal.before;
  elsif place = 'kept_answer.sealed_answer' then
    update kept_answer k set sealed_answer = reseal.after
    where k.tenant_id = reseal.tenant and row_key_of(k) = reseal.row_key
      and k.sealed_answer = reseal.before;
  end if;
  return found;
end
$$;

grant execute on function purge_kept_answers(double precision, integer) to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
