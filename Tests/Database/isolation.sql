-- Two tenants, and nothing of one for the other: in each tenant table there is, found by walking
-- the catalog. A table that is added needs a row of both in the demo data, or this file fails.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql
insert into session (id, account_id, device, expires_at, idle_expires_at)
select id, id, 'test', now() + interval '1 hour', now() + interval '1 hour' from account
where email like '%@%.example' and id::text like '00000000-0000-4000-8000-%'
on conflict do nothing;
-- The log is written at commit.
set constraints all immediate;
insert into audit_signature (tenant_id, sequence, hash, signed_at, key_name, signature)
select tenant_id, sequence, hash, now(), 'test', hash from event_head where sequence > 0
on conflict do nothing;
insert into api_token (tenant_id, name, scopes, hash, expires_at)
select c.tenant_id, 'test', '{company:read}', sha256(c.tenant_id::text::bytea),
  now() + interval '1 day'
from company c;
insert into webhook (tenant_id, url, sealed_secret)
select c.tenant_id, 'https://hooks.example/', sha256(c.tenant_id::text::bytea) from company c;
insert into webhook_delivery (tenant_id, webhook_id, message_id, type)
select w.tenant_id, w.id, 'test', 'webhook.test' from webhook w;
insert into kept_answer (tenant_id, actor, key_digest, field, body_digest, sealed_answer)
select c.tenant_id, c.tenant_id, sha256('key'), 'a', sha256('body'), '' from company c;

create temporary table tenant_table as
select c.oid::regclass::text as name
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname not like 'pg\_%'
  -- No serving role reads it at all: see the refusals below.
  and c.relname <> 'launch_code';
grant select on tenant_table to public;

create function pg_temp.rows_of(tenant uuid, compared text) returns table (name text, count bigint)
language plpgsql as $$
begin
  for name in select t.name from tenant_table t loop
    execute format('select count(*) from %s where tenant_id %s $1', name, compared)
      into count using tenant;
    return next;
  end loop;
end
$$;
grant execute on all functions in schema pg_temp to public;

select pg_temp.expect('the walk finds the tenant tables', count(*) >= 4, true) from tenant_table;

-- Both have rows everywhere, seen by a superuser.
select pg_temp.expect(name || ': the demo data has rows of both tenants', count > 0, true)
from (values ('00000000-0000-4000-8000-0000000000c1'::uuid),
  ('00000000-0000-4000-8000-0000000000c2'::uuid)) as tenant (id)
cross join pg_temp.rows_of(id, '=');

-- Each of the serving roles, in the name of Ejemplar and Ana: her company's rows and no others.
set local role hub_app_read;
select set_config('app.tenant_id', '00000000-0000-4000-8000-0000000000c1', true),
  set_config('app.account_id', '00000000-0000-4000-8000-0000000000a1', true);
select pg_temp.expect(name || ': its own rows are seen', count > 0, true)
from pg_temp.rows_of('00000000-0000-4000-8000-0000000000c1', '=');
select pg_temp.expect(name || ': no row of another tenant is seen', count, 0::bigint)
from pg_temp.rows_of('00000000-0000-4000-8000-0000000000c1', '<>');
select pg_temp.expect('another account is not seen', count(*), 0::bigint)
from account where id <> '00000000-0000-4000-8000-0000000000a1';
select pg_temp.expect('the own account is seen', count(*), 1::bigint) from account;
select pg_temp.expect('a session of another person is not seen', count(*), 0::bigint)
from session where account_id <> '00000000-0000-4000-8000-0000000000a1';
select pg_temp.expect('a Google link of another person is not seen', count(*), 0::bigint)
from account_google;

-- A person sees their own memberships in every company, and of people there only in this one.
select set_config('app.account_id', '00000000-0000-4000-8000-0000000000a4', true);
select pg_temp.expect('Caro sees both of her memberships', count(*), 2::bigint)
from membership where account_id = '00000000-0000-4000-8000-0000000000a4';
select pg_temp.expect('Caro does not see who else is in Modelo', count(*), 0::bigint)
from membership
where tenant_id = '00000000-0000-4000-8000-0000000000c2'
  and account_id <> '00000000-0000-4000-8000-0000000000a4';

-- Unset, empty, zero: nobody's.
select set_config('app.account_id', '', true);
select set_config('app.tenant_id', '', true);
select pg_temp.expect(name || ': without a tenant there are no rows', count, 0::bigint)
from pg_temp.rows_of('00000000-0000-0000-0000-000000000000', '<>');
select set_config('app.tenant_id', '00000000-0000-0000-0000-000000000000', true);
select pg_temp.expect(name || ': nothing is the zero tenant''s', count, 0::bigint)
from pg_temp.rows_of('00000000-0000-0000-0000-000000000000', 'is distinct from');
select pg_temp.expect('without an account there is none', count(*), 0::bigint) from account;
select pg_temp.expect('without an account there is no session', count(*), 0::bigint) from session;
reset role;

-- Writing does not reach further than reading.
set local role hub_app_write;
select set_config('app.tenant_id', '00000000-0000-4000-8000-0000000000c1', true),
  set_config('app.account_id', '00000000-0000-4000-8000-0000000000a1', true);
with changed as (update company set phone = null returning tenant_id)
select pg_temp.expect('an update without WHERE reaches one company', count(*), 1::bigint)
from changed;
with changed as (
  update company set phone = null
  where tenant_id = '00000000-0000-4000-8000-0000000000c2' returning tenant_id)
select pg_temp.expect('an update of another company reaches none', count(*), 0::bigint)
from changed;
with changed as (update account set phone = null returning id)
select pg_temp.expect('an update without WHERE reaches one account', count(*), 1::bigint)
from changed;
select pg_temp.expect_refusal($$
  update company set tenant_id = '00000000-0000-4000-8000-0000000000c2'$$, '42501');
select pg_temp.expect_refusal($$
  insert into membership (tenant_id, account_id, role) values (
    '00000000-0000-4000-8000-0000000000c2', '00000000-0000-4000-8000-0000000000a1',
    'administrator')$$, '42501');
select pg_temp.expect_refusal('select password_hash from account', '42501');
select pg_temp.expect_refusal('select sealed_credentials from integration_connection', '42501');
select pg_temp.expect_refusal('select from refresh_token', '42501');
select pg_temp.expect_refusal('select from sign_in_guess', '42501');
select pg_temp.expect_refusal('select from photo', '42501');
select pg_temp.expect_refusal('select from launch_code', '42501');
select pg_temp.expect_refusal('delete from launch_code', '42501');
select pg_temp.expect_refusal('select from service_token', '42501');
select pg_temp.expect_refusal('delete from photo', '42501');
select pg_temp.expect_refusal($$update account set photo_url = '/photos/a'$$, '42501');
select pg_temp.expect_refusal('update plan set position = 9', '42501');
select pg_temp.expect_refusal('truncate company', '42501');
select pg_temp.expect_refusal('delete from event', '42501');
select pg_temp.expect_refusal('update event_head set sequence = 0', '42501');
select pg_temp.expect_refusal($$
  select record_event('00000000-0000-4000-8000-0000000000c1', 'a.b', null, '[]')$$, '42501');
reset role;

-- The owner of the tables is held too: its functions and backfills would find nothing.
set local role hub_owner;
select pg_temp.expect(name || ': the owner sees no row', count, 0::bigint)
from pg_temp.rows_of('00000000-0000-0000-0000-000000000000', '<>');
reset role;

rollback;

-- The setting ends with the implicit transaction of its batch: it never reaches the next one.
set role hub_app_read;
select set_config('app.tenant_id', '00000000-0000-4000-8000-0000000000c1', true) \;
select pg_temp.expect('the setting holds for its batch', current_setting('app.tenant_id'),
  '00000000-0000-4000-8000-0000000000c1');
select pg_temp.expect('the setting is gone after its batch',
  coalesce(current_setting('app.tenant_id', true), ''), '');
reset role;
