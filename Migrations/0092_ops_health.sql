-- How the database itself does, and what may be counted by people who may see nobody's data. What
-- comes out: views of slow statements, tables and indexes, and those of hub_report.

set local row_security = on;

set local role hub_owner;
grant create on schema ops to hub_ops_reader;
reset role;
set local role hub_ops_reader;

-- The database ------------------------------------------------------------------------------------

create function ops.read_statements()
returns table (
  calls bigint, total_seconds numeric, mean_milliseconds numeric, max_milliseconds numeric,
  rows bigint, cache_hit_percent numeric, role name, statement text)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  placed constant regnamespace := (
    select x.extnamespace from pg_extension x where x.extname = 'pg_stat_statements');
begin
  if placed is null then
    return;
  end if;
  -- What is no query may carry a password (ALTER ROLE), and is no query to be made faster.
  return query execute format(
    $query$
      select s.calls, round((s.total_exec_time / 1000)::numeric, 3),
        round(s.mean_exec_time::numeric, 3), round(s.max_exec_time::numeric, 3), s.rows,
        round(100.0 * s.shared_blks_hit / nullif(s.shared_blks_hit + s.shared_blks_read, 0), 1),
        pg_get_userbyid(s.userid), s.query
      from %s.pg_stat_statements s
      join pg_database d on d.oid = s.dbid and d.datname = current_database()
      where s.query ~* '^\s*(select|insert|update|delete|with|merge)\M'
    $query$, placed);
exception when object_not_in_prerequisite_state then
  -- The extension is there, and its library was not loaded at start.
  return;
end
$$;

comment on function ops.read_statements() is
  'What pg_stat_statements counts of this database; nothing where it is not installed and loaded. '
  'Read by the view ops.slow_statements.';

create view ops.slow_statements as
select s.calls, s.total_seconds, s.mean_milliseconds, s.max_milliseconds, s.rows,
  s.cache_hit_percent, s.role, s.statement
from ops.read_statements() s
order by s.total_seconds desc
limit 100;

create view ops.tables as
select t.relname as table_name, t.n_live_tup as live_rows, t.n_dead_tup as dead_rows,
  round(100.0 * t.n_dead_tup / nullif(t.n_live_tup + t.n_dead_tup, 0), 1) as dead_percent,
  pg_table_size(t.relid) as table_bytes, pg_indexes_size(t.relid) as index_bytes,
  t.seq_scan as sequential_scans, t.idx_scan as index_scans,
  greatest(t.last_vacuum, t.last_autovacuum) as vacuumed_at,
  greatest(t.last_analyze, t.last_autoanalyze) as analyzed_at,
  age(c.relfrozenxid) as transactions_unfrozen,
  case
    when age(c.relfrozenxid) > 1000000000 then 'VACUUM it: transaction ids run out'
    when t.n_dead_tup > 10000 and t.n_dead_tup > t.n_live_tup / 5
      then 'many dead rows: a long transaction, or autovacuum does not keep up'
    when t.n_live_tup > 10000 and greatest(t.last_analyze, t.last_autoanalyze) is null
      then 'ANALYZE it: never analyzed'
  end as advice
from pg_stat_user_tables t
join pg_class c on c.oid = t.relid;

create view ops.indexes as
select i.relname as table_name, i.indexrelname as index_name,
  pg_relation_size(i.indexrelid) as bytes, i.idx_scan as scans, x.indisunique as is_unique,
  x.indisvalid as is_valid,
  case
    when not x.indisvalid then 'REINDEX it: building it failed'
    when i.idx_scan = 0 and not x.indisunique and pg_relation_size(i.indexrelid) > 10000000
      then 'never used since statistics were reset'
  end as advice
from pg_stat_user_indexes i
join pg_index x on x.indexrelid = i.indexrelid;

comment on view ops.slow_statements is
  'The hundred statements that took most time, where pg_stat_statements is installed and loaded; '
  'nothing otherwise.';
comment on view ops.tables is 'How each table does: rows, size, when it was vacuumed, and advice.';
comment on view ops.indexes is 'How each index does: size, use, and advice.';

grant select on ops.slow_statements, ops.tables, ops.indexes to hub_ops_read;
grant execute on function ops.read_statements() to hub_ops_read;

-- Reports -----------------------------------------------------------------------------------------
-- Counts by what is no person's: no name, address, number or id of anybody, nor of a company, which
-- may be a person.

create view ops.report_companies as
select c.country_version, c.kind_of_person,
  date_trunc('month', c.created_at at time zone 'UTC')::date as signed_up_month,
  count(*) as companies
from company c
group by 1, 2, 3;

create view ops.report_people as
select a.country, a.language, date_trunc('month', a.created_at at time zone 'UTC')::date
    as signed_up_month,
  count(*) as people,
  count(*) filter (where exists (
    select from second_factor f where f.account_id = a.id and f.confirmed_at is not null))
    as with_second_factor,
  count(*) filter (where exists (select from account_google g where g.account_id = a.id))
    as with_google,
  count(*) filter (where exists (
    select from session s
    where s.account_id = a.id and s.last_seen_at > now() - interval '30 days'))
    as seen_within_30_days
from account a
group by 1, 2, 3;

create view ops.report_solutions as
select s.country_version, s.solution, s.plan,
  solution_status(s.state, s.trial_ends_at, now()) as status, count(*) as companies
from company_solution s
group by 1, 2, 3, 4;

create view ops.report_integrations as
select c.country_version, i.integration, i.state as status, count(*) as companies
from integration_connection i
join company c on c.tenant_id = i.tenant_id
group by 1, 2, 3;

create view ops.report_events as
select (e.at at time zone 'UTC')::date as day, e.type, e.actor_kind, count(*) as events,
  count(distinct e.tenant_id) as companies
from event e
group by 1, 2, 3;

create view ops.report_mails as
select (m.created_at at time zone 'UTC')::date as day, m.kind, m.language,
  case
    when m.sent_at is not null then 'SENT' when m.given_up_at is not null then 'GIVEN_UP'
    else 'WAITING' end as status,
  count(*) as mails, round(avg(extract(epoch from m.sent_at - m.created_at)), 1) as mean_seconds
from mail m
group by 1, 2, 3, 4;

create view ops.report_webhooks as
select (d.created_at at time zone 'UTC')::date as day, d.type, d.state as status,
  count(*) as deliveries, round(avg(d.attempts), 2) as mean_attempts,
  round(avg(d.milliseconds)) as mean_milliseconds
from webhook_delivery d
group by 1, 2, 3;

comment on view ops.report_companies is 'How many companies signed up, by month.';
comment on view ops.report_people is 'How many people signed up, by month, and what they use.';
comment on view ops.report_solutions is 'How many companies have which solution on which plan.';
comment on view ops.report_integrations is 'How many companies are connected to what.';
comment on view ops.report_events is 'How much happened, by day.';
comment on view ops.report_mails is 'How many mails were asked for, by day, and what came of them.';
comment on view ops.report_webhooks is 'How much webhooks were told, by day, and how it went.';

grant select on
  ops.report_companies, ops.report_people, ops.report_solutions, ops.report_integrations,
  ops.report_events, ops.report_mails, ops.report_webhooks
  to hub_report;

reset role;
set local role hub_owner;
revoke create on schema ops from hub_ops_reader;
reset role;
