-- What a person takes along is everything that the house keeps of them: a table with account_id is
-- read by export_account, or stands here on purpose.

\ir expect.sql

begin;

create temporary view not_exported as
select t.relname::text as name
from pg_class t
join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
join pg_attribute a on a.attrelid = t.oid and a.attname = 'account_id' and not a.attisdropped
where t.relkind in ('r', 'p')
  -- A few minutes of a sign-in that is not over yet, and secrets at that.
  and t.relname not in ('google_flow', 'sign_in_challenge', 'launch_code')
  and (select p.prosrc from pg_proc p where p.proname = 'export_account')
    !~ format('(from|join) %s\M', t.relname);

select pg_temp.expect(
  'each table of a person is exported', (select string_agg(name, ', ') from not_exported),
  null::text);

create table forgotten (account_id uuid primary key);
select pg_temp.expect('one that is forgotten is noticed', string_agg(name, ', '), 'forgotten')
from not_exported;

rollback;
