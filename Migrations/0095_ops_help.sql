-- What is there for whoever asks. What comes out: ops.help(), which reads the comments of the
-- schema ops, and shows each operator what they may use.

set local row_security = on;

set local role hub_owner;

create function ops.help(about text default null)
returns table (name text, kind text, says text)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  with thing as (
    select c.relname::text as short, 'view' as kind, 'ops.' || c.relname as shown,
      obj_description(c.oid, 'pg_class') as says, c.oid as relation
    from pg_class c
    where c.relnamespace = 'ops'::regnamespace and c.relkind = 'v'
      and has_table_privilege(c.oid, 'select')
    union all
    select p.proname::text, 'function',
      format('ops.%s(%s)', p.proname, pg_get_function_arguments(p.oid)),
      obj_description(p.oid, 'pg_proc'), null::oid
    from pg_proc p
    where p.pronamespace = 'ops'::regnamespace and has_function_privilege(p.oid, 'execute')
      -- What a view is made of is not called by anybody.
      and p.proname !~ '^read_'),
  word as (select lower(regexp_replace(btrim(help.about), '^ops\.|\(.*$', '', 'g')) as given)
  select l.shown, l.kind, l.says
  from (
    select 0 as place, t.shown, t.kind, t.says, t.short
    from thing t, word w
    where w.given is null or w.given = t.short
      or not exists (select from thing o where o.short = w.given)
        and strpos(lower(t.shown || ' ' || t.says), w.given) > 0
    union all
    select a.attnum, '  ' || a.attname, format_type(a.atttypid, null),
      col_description(a.attrelid, a.attnum), t.short
    from thing t
    join word w on w.given = t.short
    join pg_attribute a on a.attrelid = t.relation and a.attnum > 0 and not a.attisdropped
  ) as l
  order by (l.kind = 'function') and l.place = 0 desc, l.short, l.place
$$;

comment on function ops.help(text) is
  'What there is for you: select * from ops.help(); of one thing, with its columns: '
  'ops.help(''companies''); by a word: ops.help(''trial'').';

grant execute on function ops.help(text) to hub_ops_read, hub_report;

reset role;
