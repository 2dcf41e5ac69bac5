-- Webhooks: addresses of a company's programs that are told what its log tells, by the Standard
-- Webhooks specification. What comes out: the tables of them and of what is to be delivered, the
-- functions by which they are kept, and those by which servers share the work of delivering.
--
-- A webhook reads the log as any follower does: it has a position, and behind it deliveries are
-- made of events, in one transaction, so that nothing is left out whatever dies when. What is to be
-- delivered is claimed for a while, as mails are: who dies leaves it to be claimed again, under the
-- same id. A webhook's row is held while some of its deliveries are chosen, so that two servers do
-- not break its order; it is not held while anything is sent.

set local row_security = on;

set local role hub_owner;

create table webhook (
  tenant_id uuid not null references company on delete cascade
    check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  id uuid not null default gen_random_uuid(),
  url text not null check (char_length(url) between 1 and 2048),
  name text check (char_length(name) between 1 and 100 and name !~ '[[:cntrl:]]'),
  event_types text[] check (
    cardinality(event_types) between 1 and 100 and array_position(event_types, null) is null),
  tells_changes boolean not null default true,
  concurrency integer not null default 1 check (concurrency between 1 and 10),
  sealed_secret bytea not null,
  sealed_previous_secret bytea,
  previous_until timestamptz,
  position bigint not null default 0 check (position >= 0),
  api_token uuid,
  created_by uuid,
  created_at timestamptz not null default now(),
  failing_since timestamptz,
  disabled_at timestamptz,
  disabled_for text check (disabled_for in ('REQUESTED', 'GONE', 'FAILING')),
  primary key (tenant_id, id),
  foreign key (tenant_id, api_token) references api_token on delete cascade,
  check ((sealed_previous_secret is null) = (previous_until is null)),
  check ((disabled_at is null) = (disabled_for is null))
);
create index webhook_enabled on webhook (tenant_id) where disabled_at is null;
create index webhook_by_token on webhook (tenant_id, api_token) where api_token is not null;

comment on table webhook is
  'Where programs of a company are told what happens to its data. In another house they would be '
  'told twice. [redacted]';
comment on column webhook.tenant_id is 'The company.';
comment on column webhook.id is 'Names the webhook to people and in the log.';
comment on column webhook.url is 'Whom to tell.';
comment on column webhook.name is 'What people call it; null: nothing.';
comment on column webhook.event_types is 'Of which events; null: of all.';
comment on column webhook.tells_changes is 'Whether it is told what changed, or only that.';
comment on column webhook.concurrency is
  'How much is sent to it at once. 1: in order, each only when the one before is at its end.';
comment on column webhook.sealed_secret is 'The secret of its signatures, sealed.';
comment on column webhook.sealed_previous_secret is
  'The secret before the last rotation, sealed; null: never rotated, or over.';
comment on column webhook.previous_until is 'Until when that one signs too.';
comment on column webhook.position is 'The last event of the log that was looked at for it.';
comment on column webhook.api_token is 'The token that made it, and ends it; null: a person did.';
comment on column webhook.created_by is 'The account that made it; it may be gone since.';
comment on column webhook.created_at is 'When it was made.';
comment on column webhook.failing_since is
  'When the first of the attempts failed behind which none succeeded; null: the last one did.';
comment on column webhook.disabled_at is 'Since when nothing is sent to it; null: it is.';
comment on column webhook.disabled_for is
  'REQUESTED: by somebody; GONE: it answered 410; FAILING: for days nothing was taken.';

create table webhook_delivery (
  tenant_id uuid not null
    check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  webhook_id uuid not null,
  id uuid not null default gen_random_uuid(),
  sequence bigint,
  message_id text not null,
  type text not null,
  state text not null default 'PENDING'
    check (state in ('PENDING', 'DELIVERED', 'FAILED')),
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  claimed_until timestamptz,
  attempted_at timestamptz,
  ended_at timestamptz,
  response_status integer,
  failure text,
  milliseconds integer,
  primary key (tenant_id, webhook_id, id),
  unique (tenant_id, webhook_id, sequence),
  foreign key (tenant_id, webhook_id) references webhook on delete cascade,
  check ((state = 'PENDING') = (ended_at is null))
);
create index webhook_delivery_pending on webhook_delivery (tenant_id, webhook_id, sequence)
  where state = 'PENDING';
create index webhook_delivery_due on webhook_delivery (due_at) where state = 'PENDING';
create index webhook_delivery_latest on webhook_delivery (tenant_id, created_at);
create index webhook_delivery_to_purge on webhook_delivery (ended_at) where ended_at is not null;

comment on table webhook_delivery is
  'What webhooks are to be told, and were: one row for each and each event. [redacted]';
comment on column webhook_delivery.tenant_id is 'The company.';
comment on column webhook_delivery.webhook_id is 'Whom to tell.';
comment on column webhook_delivery.id is 'Names the delivery to people.';
comment on column webhook_delivery.sequence is 'Of which event; null: a test.';
comment on column webhook_delivery.message_id is
  'What the other side knows it by (webhook-id): the same at each attempt and each replay.';
comment on column webhook_delivery.type is 'The type of the event.';
comment on column webhook_delivery.state is 'PENDING, DELIVERED, or FAILED: given up.';
comment on column webhook_delivery.attempts is 'How often it was sent, the present time included.';
comment on column webhook_delivery.created_at is 'When it was asked for.';
comment on column webhook_delivery.due_at is 'When it is sent at the earliest.';
comment on column webhook_delivery.claimed_until is
  'Until when a server is at it; what has died by then leaves it to another.';
comment on column webhook_delivery.attempted_at is 'When the last attempt ended.';
comment on column webhook_delivery.ended_at is 'When it was delivered or given up.';
comment on column webhook_delivery.response_status is
  'What was answered to the last attempt; null: nothing.';
comment on column webhook_delivery.failure is
  'Why the last attempt failed, a word; null: it did not.';
comment on column webhook_delivery.milliseconds is 'How long the last attempt took.';

alter table webhook enable row level security, force row level security;
alter table webhook_delivery enable row level security, force row level security;
create policy webhook_of_tenant on webhook for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy webhook_delivery_of_tenant on webhook_delivery for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
grant select (
  tenant_id, id, url, name, event_types, tells_changes, concurrency, previous_until, api_token,
  created_by, created_at, failing_since, disabled_at, disabled_for) on webhook to hub_app;
grant select on webhook_delivery to hub_app;
create policy webhook_by_auth on webhook to hub_auth using (true);
create policy webhook_delivery_by_auth on webhook_delivery to hub_auth using (true);
grant select, insert, update, delete on webhook, webhook_delivery to hub_auth;
create policy webhook_by_delivery on webhook to hub_delivery using (true);
create policy webhook_delivery_by_delivery on webhook_delivery to hub_delivery using (true);
grant select, update (position, failing_since, disabled_at, disabled_for) on webhook
  to hub_delivery;
grant select, insert, update, delete on webhook_delivery to hub_delivery;
create policy event_for_delivery on event for select to hub_delivery using (true);
create policy event_head_for_delivery on event_head for select to hub_delivery using (true);
grant select on event, event_head to hub_delivery;
create policy event_for_auth on event for select to hub_auth using (true);
create policy event_head_for_auth on event_head for select to hub_auth using (true);
grant select on event, event_head to hub_auth;

create function event_message(e event, tells_changes boolean) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'type', document -> 'type', 'timestamp', document -> 'at',
    'data', jsonb_build_object(
      'companyId', e.tenant_id, 'cursor', document -> 'cursor', 'subject', document -> 'subject',
      'origin', document -> 'origin', 'actor', document -> 'actor' #- '{name}')
      || case when event_message.tells_changes and e.changes is not null
        then jsonb_build_object(
          'changes', coalesce(nullif(document -> 'changes', 'null'), '[]')) else '{}' end)
  from (select event_document(e)) as d (document)
$$;

comment on function event_message(event, boolean) is
  'What a program is told of an event, without anybody''s name; what was erased is not told.';

grant execute on function event_cursor(bigint, bytea), event_document(event) to hub_delivery;
grant execute on function event_message(event, boolean) to hub_app, hub_delivery;

reset role;

-- Keeping them ------------------------------------------------------------------------------------
-- Behind app_guard or token_guard, in its batch. A token has to do with what it made alone: it
-- could otherwise send what it may not read to a place of its own.

grant create on schema public to hub_auth;
set local role hub_auth;

create function create_webhook(
  tenant uuid, account uuid, token uuid, webhook uuid, url text, name text, event_types text[],
  tells_changes boolean, concurrency integer, sealed bytea, webhooks_max integer)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(
    hashtextextended('mi-alegra: webhooks of ' || create_webhook.tenant, 0));
  if (select count(*) from webhook w where w.tenant_id = create_webhook.tenant) >= webhooks_max then
    return 'too_many';
  end if;
  insert into webhook (
    tenant_id, id, url, name, event_types, tells_changes, concurrency, sealed_secret, position,
    api_token, created_by)
  select create_webhook.tenant, create_webhook.webhook, create_webhook.url, create_webhook.name,
    create_webhook.event_types, create_webhook.tells_changes, create_webhook.concurrency,
    create_webhook.sealed, coalesce(max(h.sequence), 0), create_webhook.token,
    create_webhook.account
  from event_head h
  where h.tenant_id = create_webhook.tenant;
  return 'created';
end
$$;

comment on function create_webhook(
  uuid, uuid, uuid, uuid, text, text, text[], boolean, integer, bytea, integer) is
  'Keeps a webhook, which is told what happens from now on. Outcomes: created; too_many (there are '
  'webhooks_max).';

create function my_webhook(tenant uuid, token uuid, webhook uuid) returns boolean
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from webhook w
  where w.tenant_id = my_webhook.tenant and w.id = my_webhook.webhook
    and (my_webhook.token is null or w.api_token = my_webhook.token)
  for no key update;
  return found;
end
$$;

comment on function my_webhook(uuid, uuid, uuid) is
  'Whether there is such a webhook for whoever asks, a person or a token; it is held.';

create function update_webhook(
  tenant uuid, token uuid, webhook uuid, url text, name text, event_types text[],
  all_events boolean, concurrency integer, enabled boolean)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not my_webhook(update_webhook.tenant, update_webhook.token, update_webhook.webhook) then
    return 'not_found';
  end if;
  update webhook w set
    url = coalesce(update_webhook.url, w.url),
    name = case when update_webhook.name is null then w.name else nullif(update_webhook.name, '')
      end,
    event_types = case
      when all_events then null else coalesce(update_webhook.event_types, w.event_types) end,
    concurrency = coalesce(update_webhook.concurrency, w.concurrency)
  where w.tenant_id = update_webhook.tenant and w.id = update_webhook.webhook;
  if enabled then
    -- From now on: what it has missed is asked for by replay_webhook.
    update webhook w set
      disabled_at = null, disabled_for = null, failing_since = null,
      position = coalesce(
        (select h.sequence from event_head h where h.tenant_id = w.tenant_id), w.position)
    where w.tenant_id = update_webhook.tenant and w.id = update_webhook.webhook
      and w.disabled_at is not null;
  elsif not enabled then
    perform disable_webhook(update_webhook.tenant, update_webhook.webhook, 'REQUESTED');
  end if;
  return 'updated';
end
$$;

comment on function update_webhook(
  uuid, uuid, uuid, text, text, text[], boolean, integer, boolean) is
  'Changes what is not null; an empty name is none. Outcomes: updated; not_found.';

create function disable_webhook(tenant uuid, webhook uuid, reason text) returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update webhook w set disabled_at = now(), disabled_for = disable_webhook.reason
  where w.tenant_id = disable_webhook.tenant and w.id = disable_webhook.webhook
    and w.disabled_at is null;
  if not found then
    return false;
  end if;
  update webhook_delivery d set state = 'FAILED', failure = 'DISABLED', ended_at = now()
  where d.tenant_id = disable_webhook.tenant and d.webhook_id = disable_webhook.webhook
    and d.state = 'PENDING';
  if disable_webhook.reason <> 'REQUESTED' then
    perform ask_mail('webhook_disabled', m.account_id, null, jsonb_build_object(
      'company', m.company_name, 'webhook', coalesce(w.name, w.url),
      'is_gone', disable_webhook.reason = 'GONE'))
    from webhook w
    join membership m on m.tenant_id = w.tenant_id and m.role = 'administrator'
    where w.tenant_id = disable_webhook.tenant and w.id = disable_webhook.webhook
    order by m.account_id;
  end if;
  return true;
end
$$;

comment on function disable_webhook(uuid, uuid, text) is
  'Ends sending to a webhook, and gives up what it has not been told; unless somebody asked for '
  'it, the company''s administrators are told by mail. False where it was disabled before.';

create function delete_webhook(tenant uuid, token uuid, webhook uuid) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not my_webhook(delete_webhook.tenant, delete_webhook.token, delete_webhook.webhook) then
    return 'not_found';
  end if;
  delete from webhook w
  where w.tenant_id = delete_webhook.tenant and w.id = delete_webhook.webhook;
  return 'deleted';
end
$$;

comment on function delete_webhook(uuid, uuid, uuid) is
  'Takes a webhook away with its deliveries. Outcomes: deleted; not_found.';

create function rotate_webhook_secret(
  tenant uuid, token uuid, webhook uuid, sealed bytea, overlap_seconds integer)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not my_webhook(
    rotate_webhook_secret.tenant, rotate_webhook_secret.token, rotate_webhook_secret.webhook)
  then
    return 'not_found';
  end if;
  update webhook w set
    sealed_previous_secret = case when overlap_seconds > 0 then w.sealed_secret end,
    previous_until = case
      when overlap_seconds > 0 then now() + make_interval(secs => overlap_seconds) end,
    sealed_secret = rotate_webhook_secret.sealed
  where w.tenant_id = rotate_webhook_secret.tenant and w.id = rotate_webhook_secret.webhook;
  return 'rotated';
end
$$;

comment on function rotate_webhook_secret(uuid, uuid, uuid, bytea, integer) is
  'Gives a webhook another secret; for so long the one so far signs besides. Outcomes: rotated; '
  'not_found.';

create function test_webhook(
  tenant uuid, token uuid, webhook uuid, out outcome text, out delivery uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not my_webhook(test_webhook.tenant, test_webhook.token, test_webhook.webhook) then
    outcome := 'not_found';
    return;
  end if;
  perform from webhook w
  where w.tenant_id = test_webhook.tenant and w.id = test_webhook.webhook
    and w.disabled_at is not null;
  if found then
    outcome := 'disabled';
    return;
  end if;
  perform from webhook_delivery d
  where d.tenant_id = test_webhook.tenant and d.webhook_id = test_webhook.webhook
    and d.state = 'PENDING' and d.sequence is null;
  if found then
    outcome := 'under_way';
    return;
  end if;
  insert into webhook_delivery as d (tenant_id, webhook_id, message_id, type)
  values (
    test_webhook.tenant, test_webhook.webhook,
    'test_' || replace(gen_random_uuid()::text, '-', ''), 'webhook.test')
  returning d.id into delivery;
  outcome := 'asked';
end
$$;

comment on function test_webhook(uuid, uuid, uuid) is
  'Asks for a test to be sent, once. Outcomes: asked (delivery is given); not_found; disabled; '
  'under_way: the last one is at no end yet.';

create function replay_webhook(
  tenant uuid, token uuid, webhook uuid, since timestamptz, until timestamptz, events_max integer,
  out outcome text, out events integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  told webhook;
begin
  if not my_webhook(replay_webhook.tenant, replay_webhook.token, replay_webhook.webhook) then
    outcome := 'not_found';
    return;
  end if;
  select w.* into told from webhook w
  where w.tenant_id = replay_webhook.tenant and w.id = replay_webhook.webhook;
  if told.disabled_at is not null then
    outcome := 'disabled';
    return;
  end if;
  select count(*) into events
  from event e
  where e.tenant_id = told.tenant_id and e.sequence <= told.position
    and e.at >= since and (until is null or e.at < until)
    and (told.event_types is null or e.type = any (told.event_types));
  if events > events_max then
    outcome := 'too_many';
    return;
  end if;
  insert into webhook_delivery as d (tenant_id, webhook_id, sequence, message_id, type)
  select e.tenant_id, told.id, e.sequence, webhook_message_id(e.hash), e.type
  from event e
  where e.tenant_id = told.tenant_id and e.sequence <= told.position
    and e.at >= since and (until is null or e.at < until)
    and (told.event_types is null or e.type = any (told.event_types))
  order by e.sequence
  on conflict (tenant_id, webhook_id, sequence) do update
  set state = 'PENDING', attempts = 0, due_at = now(), ended_at = null, failure = null
  where d.state <> 'PENDING';
  outcome := 'replayed';
end
$$;

comment on function replay_webhook(uuid, uuid, uuid, timestamptz, timestamptz, integer) is
  'Lets a webhook be told once more what happened in that time, under the ids it had. Outcomes: '
  'replayed (events says how many); not_found; disabled; too_many (more than events_max).';

create function webhook_message_id(hash bytea) returns text
language sql immutable parallel safe
as $$ select 'evt_' || left(encode(hash, 'hex'), 32) $$;

comment on function webhook_message_id(bytea) is
  'The id of the message that tells of the event with this hash.';

create function end_webhooks_of_token() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from webhook w where w.tenant_id = new.tenant_id and w.api_token = new.id;
  return null;
end
$$;

comment on function end_webhooks_of_token() is
  'Trigger: what a token made goes when the token is revoked.';

-- Secrets at rest ---------------------------------------------------------------------------------

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
  end if;
  return found;
end
$$;

grant execute on function
  create_webhook(uuid, uuid, uuid, uuid, text, text, text[], boolean, integer, bytea, integer),
  update_webhook(uuid, uuid, uuid, text, text, text[], boolean, integer, boolean),
  delete_webhook(uuid, uuid, uuid), rotate_webhook_secret(uuid, uuid, uuid, bytea, integer),
  test_webhook(uuid, uuid, uuid),
  replay_webhook(uuid, uuid, uuid, timestamptz, timestamptz, integer)
  to hub_app_write;
grant execute on function disable_webhook(uuid, uuid, text), webhook_message_id(bytea)
  to hub_delivery;
grant execute on function end_webhooks_of_token() to hub_owner;

reset role;
revoke create on schema public from hub_auth;

-- Delivering --------------------------------------------------------------------------------------

grant create on schema public to hub_delivery;
set local role hub_delivery;

create function spread_events(webhooks_max integer, events_max integer) returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  behind record;
  spread integer := 0;
  last_position bigint;
begin
  for behind in
    select w.tenant_id, w.id, w.event_types, w.position
    from webhook w
    join event_head h on h.tenant_id = w.tenant_id and h.sequence > w.position
    where w.disabled_at is null
    limit webhooks_max
    for no key update of w skip locked
  loop
    -- A page of the log at a time: what lies in it is looked at, whether it is wanted or not.
    select max(page.sequence) into last_position
    from (
      select e.sequence from event e
      where e.tenant_id = behind.tenant_id and e.sequence > behind.position
      order by e.sequence
      limit events_max) as page;
    insert into webhook_delivery (tenant_id, webhook_id, sequence, message_id, type)
    select e.tenant_id, behind.id, e.sequence, webhook_message_id(e.hash), e.type
    from event e
    where e.tenant_id = behind.tenant_id
      and e.sequence > behind.position and e.sequence <= last_position
      and (behind.event_types is null or e.type = any (behind.event_types))
    on conflict (tenant_id, webhook_id, sequence) do nothing;
    update webhook w set position = coalesce(last_position, w.position)
    where w.tenant_id = behind.tenant_id and w.id = behind.id;
    spread := spread + 1;
  end loop;
  return spread;
end
$$;

comment on function spread_events(integer, integer) is
  'Makes deliveries of the events behind the positions of webhooks, of so many each; how many '
  'webhooks there were. One that another server is at is left to it.';

create function claim_deliveries(
  lease_seconds double precision, deliveries_max integer, failing_max integer,
  of_tenant uuid default null, of_webhook uuid default null,
  out tenant_id uuid, out webhook_id uuid, out id uuid, out url text, out sealed bytea,
  out sealed_previous bytea, out message_id text, out attempts integer, out body text,
  out is_failing boolean)
returns setof record
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  ready record;
  free integer;
  taken integer;
begin
  for ready in
    select w.tenant_id, w.id, w.concurrency, w.failing_since is not null as is_failing
    from webhook w
    where w.disabled_at is null
      and (of_webhook is null or w.tenant_id = of_tenant and w.id = of_webhook)
      and exists (
        select from webhook_delivery d
        where d.tenant_id = w.tenant_id and d.webhook_id = w.id
          and d.state = 'PENDING' and d.due_at <= now())
    -- Who takes nothing comes last, and has but a part of the places.
    order by w.failing_since is not null, w.failing_since
    limit deliveries_max
    for no key update of w skip locked
  loop
    free := case when ready.is_failing
      then least(1, deliveries_max, failing_max) else least(ready.concurrency, deliveries_max) end
      - (
        select count(*) from webhook_delivery d
        where d.tenant_id = ready.tenant_id and d.webhook_id = ready.id
          and d.state = 'PENDING' and d.claimed_until > now());
    continue when free <= 0;
    return query
    with due as (
      select d.id
      from webhook_delivery d
      where d.tenant_id = ready.tenant_id and d.webhook_id = ready.id
        and d.state = 'PENDING' and d.due_at <= now()
        and (d.sequence is null or ready.concurrency > 1 or not exists (
          select from webhook_delivery b
          where b.tenant_id = d.tenant_id and b.webhook_id = d.webhook_id
            and b.state = 'PENDING' and b.sequence < d.sequence))
      order by d.sequence nulls first
      limit free),
    claimed as (
      update webhook_delivery d
      set attempts = d.attempts + 1, due_at = now() + make_interval(secs => lease_seconds),
          claimed_until = now() + make_interval(secs => lease_seconds)
      from due
      where d.tenant_id = ready.tenant_id and d.webhook_id = ready.id and d.id = due.id
      returning d.*)
    select c.tenant_id, c.webhook_id, c.id, w.url, w.sealed_secret,
      case when w.previous_until > now() then w.sealed_previous_secret end, c.message_id,
      c.attempts, webhook_body(c, w.tells_changes), ready.is_failing
    from claimed c
    join webhook w on w.tenant_id = c.tenant_id and w.id = c.webhook_id
    order by c.sequence nulls first;
    get diagnostics taken = row_count;
    deliveries_max := deliveries_max - taken;
    if ready.is_failing then
      failing_max := failing_max - taken;
    end if;
    exit when deliveries_max <= 0;
  end loop;
end
$$;

comment on function claim_deliveries(double precision, integer, integer, uuid, uuid) is
  'Takes what is due, of every webhook as much as may be under way to it at once, of one that '
  'takes nothing one, and of all of those failing_max; or what is due of one webhook. For the '
  'seconds given nobody else takes it: tell delivery_ended before they are over.';

create function webhook_body(delivery webhook_delivery, tells_changes boolean) returns text
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
declare
  told event;
begin
  if delivery.sequence is null then
    return jsonb_build_object(
      'type', delivery.type,
      'timestamp', to_char(
        delivery.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'data', jsonb_build_object('companyId', delivery.tenant_id))::text;
  end if;
  select e.* into told from event e
  where e.tenant_id = delivery.tenant_id and e.sequence = delivery.sequence;
  return event_message(told, webhook_body.tells_changes)::text;
end
$$;

comment on function webhook_body(webhook_delivery, boolean) is
  'What a webhook is told, as JSON: what stands in the log now, for what was erased is not told.';

create function delivery_ended(
  tenant uuid, webhook uuid, delivery uuid, attempt integer, response_status integer,
  failure text, milliseconds integer, retry_seconds double precision,
  failing_seconds double precision)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  ended webhook_delivery;
  since timestamptz;
  reason text;
begin
  -- First the webhook, as whoever claims has it.
  perform from webhook w
  where w.tenant_id = delivery_ended.tenant and w.id = delivery_ended.webhook
  for no key update;
  update webhook_delivery d set
    state = case
      when delivery_ended.failure is null then 'DELIVERED'
      when retry_seconds is null or d.sequence is null then 'FAILED' else 'PENDING' end,
    ended_at = case
      when delivery_ended.failure is null or retry_seconds is null or d.sequence is null
        then now() end,
    due_at = now() + make_interval(secs => coalesce(retry_seconds, 0)), claimed_until = null,
    attempted_at = now(), response_status = delivery_ended.response_status,
    failure = delivery_ended.failure, milliseconds = delivery_ended.milliseconds
  where d.tenant_id = delivery_ended.tenant and d.webhook_id = delivery_ended.webhook
    and d.id = delivery_ended.delivery and d.state = 'PENDING'
    and d.attempts = delivery_ended.attempt
  returning d.* into ended;
  if ended.id is null then
    return 'overtaken';
  elsif delivery_ended.failure is null then
    update webhook w set failing_since = null
    where w.tenant_id = ended.tenant_id and w.id = ended.webhook_id
      and w.failing_since is not null;
    return 'delivered';
  end if;
  if ended.sequence is not null then
    update webhook w set failing_since = coalesce(w.failing_since, now())
    where w.tenant_id = ended.tenant_id and w.id = ended.webhook_id
    returning w.failing_since into since;
  end if;
  reason := case
    when delivery_ended.response_status = 410 then 'GONE'
    when since < now() - make_interval(secs => failing_seconds) then 'FAILING' end;
  if reason is not null then
    perform set_config('app.actor', 'job:webhooks', true);
    if disable_webhook(ended.tenant_id, ended.webhook_id, reason) then
      return 'disabled';
    end if;
  end if;
  return case when ended.state = 'FAILED' then 'given_up' else 'delayed' end;
end
$$;

comment on function delivery_ended(
  uuid, uuid, uuid, integer, integer, text, integer, double precision, double precision) is
  'Writes down what came of an attempt; without a time for the next one it is given up, and so is '
  'a test. Outcomes: delivered; delayed; given_up; disabled: it answered 410, or has taken nothing '
  'for failing_seconds; overtaken: somebody else has it by now, or nobody any more.';

create function purge_deliveries(kept_seconds double precision, rows_max integer)
returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
  with old as (
    select d.tenant_id, d.webhook_id, d.id from webhook_delivery d
    where d.ended_at < now() - make_interval(secs => kept_seconds)
    order by d.ended_at
    limit rows_max
    for update skip locked),
  removed as (
    delete from webhook_delivery d using old
    where d.tenant_id = old.tenant_id and d.webhook_id = old.webhook_id and d.id = old.id
    returning 1)
  select count(*)::integer from removed
$$;

comment on function purge_deliveries(double precision, integer) is
  'Removes deliveries that have been at their end for so long, so many of them; how many.';

grant execute on function
  spread_events(integer, integer),
  claim_deliveries(double precision, integer, integer, uuid, uuid),
  delivery_ended(
    uuid, uuid, uuid, integer, integer, text, integer, double precision, double precision),
  purge_deliveries(double precision, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_delivery;

-- The log -----------------------------------------------------------------------------------------

grant create on schema public to hub_log;
set local role hub_log;

create function record_webhook() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  recorded constant text[] := array[
    'url url', 'name name', 'event_types eventTypes', 'concurrency concurrency',
    'tells_changes tellsChanges', 'disabled_for disabledFor'];
  changes jsonb := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  happened text;
begin
  if tg_op = 'DELETE' then
    if company_stands(old.tenant_id) then
      perform record_event(old.tenant_id, 'webhook.deleted', old.id::text, changes);
    end if;
    return null;
  end if;
  happened := case
    when old is null then 'created'
    when new.disabled_for is not null and old.disabled_for is null then 'disabled'
    when new.previous_until is distinct from old.previous_until then 'secret_rotated'
    when changes <> '[]' then 'updated'
  end;
  -- How far it has come is no change of it.
  if happened is not null then
    perform record_event(new.tenant_id, 'webhook.' || happened, new.id::text, changes);
  end if;
  return null;
end
$$;

comment on function record_webhook() is
  'Constraint trigger, at commit: webhook.created, webhook.updated, webhook.secret_rotated, '
  'webhook.disabled, webhook.deleted. Of its secrets nothing is told.';

grant execute on function record_webhook() to hub_owner;

reset role;
revoke create on schema public from hub_log;
set local role hub_owner;

create trigger note_event_tenant after insert or update or delete on webhook
for each row execute function note_event_tenant();
create constraint trigger event_at_commit after insert or update or delete on webhook
deferrable initially deferred for each row execute function record_webhook();
create trigger refuse_truncate before truncate on webhook
for each statement execute function refuse_truncate();
create trigger refuse_truncate before truncate on webhook_delivery
for each statement execute function refuse_truncate();

create trigger end_webhooks after update of revoked_at on api_token
for each row when (old.revoked_at is null and new.revoked_at is not null)
execute function end_webhooks_of_token();

reset role;
