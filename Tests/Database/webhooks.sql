-- Webhooks: what is spread behind a position, what is claimed of it and in which order, and what
-- comes of attempts. Events are written at commit; SET CONSTRAINTS stands for it.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql
set constraints all immediate;

\set co '''00000000-0000-4000-8000-0000000000c1'''
\set mx '''00000000-0000-4000-8000-0000000000c2'''
\set ordered '''00000000-0000-4000-8000-0000000000f1'''
\set several '''00000000-0000-4000-8000-0000000000f2'''
\set failing '''00000000-0000-4000-8000-0000000000f3'''
\set idle '''00000000-0000-4000-8000-0000000000f4'''

insert into webhook (
  tenant_id, id, url, sealed_secret, concurrency, event_types, position, failing_since,
  disabled_at, disabled_for)
select v.tenant::uuid, v.id::uuid, 'https://hooks.example/', '\x01', v.concurrency, v.types,
  h.sequence, v.failing_since, v.disabled_at, v.disabled_for
from (values
  (:co, :ordered, 1, '{company.updated}'::text[], null::timestamptz, null::timestamptz, null),
  (:co, :several, 3, null, null, null, null),
  (:mx, :failing, 5, '{company.updated}', now() - interval '1 hour', null, null),
  (:co, :idle, 1, null, null, now(), 'REQUESTED')) as v (
    tenant, id, concurrency, types, failing_since, disabled_at, disabled_for)
join event_head h on h.tenant_id = v.tenant::uuid;
set constraints all immediate;
update webhook w set position = (
  select h.sequence from event_head h where h.tenant_id = w.tenant_id);

create function pg_temp.happens(tenant uuid, times integer) returns void language plpgsql as $$
begin
  for n in 1..times loop
    set constraints all deferred;
    update company c set trade_name = n || clock_timestamp()::text where c.tenant_id = tenant;
    set constraints all immediate;
  end loop;
end
$$;
create function pg_temp.pending(webhook uuid) returns bigint language sql as $$
  select count(*) from webhook_delivery d where d.webhook_id = webhook and d.state = 'PENDING'
$$;
-- Claims, ends each with a failure or none, and tells how many of each webhook there were.
create function pg_temp.claimed(most integer, failing integer)
returns table (webhook text, deliveries bigint) language sql as $$
  select right(c.webhook_id::text, 2), count(*) from claim_deliveries(60, most, failing) c
  group by 1 order by 1
$$;

select pg_temp.happens(:co, 5), pg_temp.happens(:mx, 7);
select pg_temp.expect('three were behind', spread_events(10, 3), 3);
select pg_temp.expect('a page at a time', pg_temp.pending(:ordered), 3::bigint);
select pg_temp.expect('and then the rest', spread_events(10, 100), 3);
select pg_temp.expect('then none is behind', spread_events(10, 100), 0);
select pg_temp.expect('of the types that are wanted', array[
  pg_temp.pending(:ordered), pg_temp.pending(:several), pg_temp.pending(:failing),
  pg_temp.pending(:idle)], array[5, 5, 7, 0]::bigint[]);

select pg_temp.expect('one in order, three at once, one to who took nothing',
  (select string_agg(webhook || ' ' || deliveries, ', ') from pg_temp.claimed(64, 16)),
  'f1 1, f2 3, f3 1');
select pg_temp.expect('nothing more while these are under way',
  (select count(*) from pg_temp.claimed(64, 16)), 0::bigint);
select pg_temp.expect('the first of them', (
  select array_agg(d.sequence - (
    select min(e.sequence) from webhook_delivery e where e.webhook_id = d.webhook_id))
  from webhook_delivery d where d.webhook_id = :ordered and d.claimed_until is not null),
  array[0]::bigint[]);

-- A server that dies leaves what it was at: with the same id, to another.
update webhook_delivery d set claimed_until = now(), due_at = now() where claimed_until is not null;
select pg_temp.expect('no more than there is room for', (
  select sum(deliveries) from pg_temp.claimed(2, 16)), 2::numeric);
update webhook_delivery d set claimed_until = now(), due_at = now() where claimed_until is not null;
select pg_temp.expect('who took nothing has no place where none is left for them', (
  select string_agg(webhook, ' ') from pg_temp.claimed(64, 0)), 'f1 f2');

-- What comes of an attempt.
select pg_temp.expect('each attempt is told once, and the next is another', array[
    delivery_ended(:co, :ordered, d.id, d.attempts - 1, 200, null, 5, null, 100),
    delivery_ended(:co, :ordered, d.id, d.attempts, 500, 'STATUS_REFUSED', 5, 60, 100),
    delivery_ended(:co, :ordered, d.id, d.attempts, 200, null, 5, null, 100)],
  array['overtaken', 'delayed', 'delivered'])
from webhook_delivery d
where d.webhook_id = :ordered and d.claimed_until > now();
select pg_temp.expect('what was taken ends the failing', failing_since, null::timestamptz)
from webhook where id = :ordered;
select pg_temp.expect('the next one is due', count(*), 1::bigint)
from claim_deliveries(60, 64, 16, :co, :ordered);
select pg_temp.expect('without a time for another attempt it is given up',
  delivery_ended(:co, :ordered, d.id, d.attempts, null, 'TIMED_OUT', 5, null, 100), 'given_up')
from webhook_delivery d where d.webhook_id = :ordered and d.claimed_until > now();
select pg_temp.expect('one that has taken nothing for so long is disabled', (
    select delivery_ended(:mx, :failing, d.id, d.attempts, 503, 'STATUS_REFUSED', 5, 60, 3599)
    from webhook_delivery d where d.webhook_id = :failing and d.state = 'PENDING'
    order by d.attempts desc limit 1), 'disabled');
select pg_temp.expect('and gives up what it was to be told', array[
  pg_temp.pending(:failing), count(*) filter (where d.failure = 'DISABLED')], array[0, 7]::bigint[])
from webhook_delivery d where d.webhook_id = :failing;
select pg_temp.expect('its administrators are told, and nobody else', count(*), (
  select count(*) from membership where tenant_id = :mx and role = 'administrator'))
from mail where kind = 'webhook_disabled';

-- A token's webhooks are its own.
insert into api_token (tenant_id, id, name, scopes, hash, expires_at)
values (:co, :idle, 'test', '{webhooks:write}', sha256('t'), now() + interval '1 day');
select pg_temp.expect('a token has nothing to do with a person''s', array[
  update_webhook(:co, :idle, :ordered, null, 'x', null, false, null, null),
  delete_webhook(:co, :idle, :ordered), rotate_webhook_secret(:co, :idle, :ordered, '\x02', 0),
  (test_webhook(:co, :idle, :ordered)).outcome,
  (replay_webhook(:co, :idle, :ordered, now(), null, 9)).outcome],
  array_fill('not_found'::text, array[5]));
update webhook set api_token = :idle where id = :ordered;
update api_token set revoked_at = now() where id = :idle;
select pg_temp.expect('what a token made goes with it', count(*), 0::bigint)
from webhook where id = :ordered;

rollback;
