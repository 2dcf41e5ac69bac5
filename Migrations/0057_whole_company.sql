-- A whole company: what comes out are the functions by which an operator reads all of it and erases
-- it, and the tombstone that stays. They walk the catalog for tables with a tenant_id, so that a
-- table added later is in them without a line here.
--
-- What of it may leave the house stands where the column is declared, at the end of its comment:
--
--   [redacted]  never exported; a whole table's comment may say so too
--   [exported]  looks like a secret by type or name, and is none
--   [account]   names a person without a foreign key: an import gives them their number there
--
-- A bytea, or a name like a secret's, that says neither fails Tests/Database/catalog.sql.
--
-- The functions run with the rights of their caller, who must be let past row-level security; no
-- role of the server's may execute one.

set local row_security = on;

set local role hub_owner;

comment on column integration_connection.sealed_credentials is
  'The credentials under AES-256-GCM, bound to this row. Not readable by the hub''s sections. '
  '[redacted]';
comment on column integration_connection.connected_by is
  'The account that connected it; it may be gone since. [account]';
comment on column invitation.link_id is
  'The link of the last mail; where the company was imported, none until it is sent again. '
  '[redacted]';
comment on column invitation.invited_by is
  'The account that last asked; it may be gone since. [account]';
comment on column invitation.accepted_by is
  'The account that accepted it; it may be gone since. [account]';

-- The tombstone -----------------------------------------------------------------------------------

create table tenant_tombstone (
  id uuid not null,
  deleted_at timestamptz not null default now(),
  deleted_by text not null default session_user,
  reason text not null,
  country_version text not null,
  legal_name text not null,
  identification_type text,
  identification_number text,
  identification_check_digit text,
  signed_up_at timestamptz not null,
  row_counts jsonb not null,
  export_digest bytea check (length(export_digest) = 32),
  keep_until timestamptz not null default now() + interval '10 years',
  primary key (id, deleted_at)
);

comment on table tenant_tombstone is
  'What stays of a company that was deleted: who it was before the law, when it was a customer, '
  'and that it is gone. No role of the server''s reads it. By default it stays for ten years, the '
  'longest that the laws of the country versions ask a business to keep its books (Colombia: '
  'Código de Comercio, article 60, and Ley 962 of 2005, article 28); then it may be deleted.';
comment on column tenant_tombstone.id is 'What the company''s tenant_id was.';
comment on column tenant_tombstone.deleted_at is 'When it was deleted.';
comment on column tenant_tombstone.deleted_by is 'The role that the operator was connected as.';
comment on column tenant_tombstone.reason is 'Why, in the operator''s words; may be empty.';
comment on column tenant_tombstone.country_version is 'The version that it ran in.';
comment on column tenant_tombstone.legal_name is 'Its registered name.';
comment on column tenant_tombstone.identification_type is 'The kind of its tax identification.';
comment on column tenant_tombstone.identification_number is 'The number of it.';
comment on column tenant_tombstone.identification_check_digit is 'The check digit of it.';
comment on column tenant_tombstone.signed_up_at is 'When it had signed up.';
comment on column tenant_tombstone.row_counts is 'How many rows of each table went.';
comment on column tenant_tombstone.export_digest is
  'SHA-256 of the export that was written by the same deletion; null where none was.';
comment on column tenant_tombstone.keep_until is 'From when on this row may be deleted.';

alter table tenant_tombstone enable row level security, force row level security;

-- The walk ----------------------------------------------------------------------------------------

create function require_operator() returns void
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if row_security_active('company'::regclass) then
    raise exception '% is held by row-level security', current_user
      using errcode = 'HB403', hint = 'Connect as a superuser, or as a role with BYPASSRLS.';
  end if;
end
$$;

comment on function require_operator() is
  'Raises HB403 where the caller would see nothing of a company, and think that there is nothing.';

create function tenant_tables()
returns table (relation regclass, name text, place integer, is_redacted boolean)
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
declare
  waiting oid[];
  ready oid[];
begin
  place := 0;
  waiting := array(
    select c.oid
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%');
  while waiting <> '{}' loop
    ready := array(
      select w.id from unnest(waiting) as w (id)
      where not exists (
        select from pg_constraint k
        where k.contype = 'f' and k.conrelid = w.id and k.confrelid <> w.id
          and k.confrelid = any (waiting)));
    -- A circle of tables has no order; its foreign keys must be deferrable to be imported.
    if ready = '{}' then
      ready := waiting;
    end if;
    for relation in
      select r.id::regclass from unnest(ready) as r (id) order by r.id::regclass::text collate "C"
    loop
      name := relation::text;
      place := place + 1;
      is_redacted := coalesce(obj_description(relation, 'pg_class') ~ '\[redacted\]$', false);
      return next;
    end loop;
    waiting := array(select w.id from unnest(waiting) as w (id) where w.id <> all (ready));
  end loop;
end
$$;

comment on function tenant_tables() is
  'Every table that holds rows of companies, each behind those that its foreign keys point to, and '
  'whether its comment keeps it out of exports.';

create function tenant_columns(relation regclass)
returns table (
  name text, place integer, is_bytes boolean, is_redacted boolean, names_person boolean,
  points_to_person boolean)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  with recursive pointing as (
    select k.conrelid, k.conkey[i] as conkey, k.confrelid, k.confkey[i] as confkey
    from pg_constraint k
    cross join generate_subscripts(k.conkey, 1) as i
    where k.contype = 'f'),
  person as (
    select p.conrelid, p.conkey
    from pointing p
    join pg_attribute a on a.attrelid = p.confrelid and a.attnum = p.confkey and a.attname = 'id'
    where p.confrelid = 'account'::regclass
    union
    select p.conrelid, p.conkey
    from pointing p
    join person on person.conrelid = p.confrelid and person.conkey = p.confkey)
  select a.attname::text, a.attnum::integer, a.atttypid = 'bytea'::regtype,
    coalesce(c.comment ~ '\[redacted\]$', false),
    f.points_to_person or coalesce(c.comment ~ '\[account\]$', false), f.points_to_person
  from pg_attribute a
  cross join lateral col_description(a.attrelid, a.attnum) as c (comment)
  cross join lateral (
    select exists (
      select from person p where p.conrelid = a.attrelid and p.conkey = a.attnum)
  ) as f (points_to_person)
  where a.attrelid = tenant_columns.relation and a.attnum > 0 and not a.attisdropped
    and a.attgenerated = ''
  order by a.attnum
$$;

comment on function tenant_columns(regclass) is
  'The columns of a table that can be written, and what is to be known to export and import them: '
  'whether they hold bytes, stay in the house, name a person, and do so by a foreign key that '
  'leads to account, over other tables or not.';

create function count_tenant_rows(tenant uuid) returns table (name text, row_count bigint)
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
begin
  for name in select t.name from tenant_tables() t order by t.place loop
    execute format('select count(*) from %s where tenant_id = $1', name)
      into row_count using tenant;
    return next;
  end loop;
end
$$;

comment on function count_tenant_rows(uuid) is 'How many rows of a company each table holds.';

create function tenant_traces(tenant uuid) returns table (place text, row_count bigint)
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
declare
  searched record;
  counts bigint[];
begin
  for searched in
    select c.oid::regclass as relation,
      array_agg(c.oid::regclass || '.' || a.attname order by a.attnum) as places,
      string_agg(named.condition, ' or ') as conditions,
      string_agg(format('count(*) filter (where %s)', named.condition), ', ' order by a.attnum)
        as counted
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join lateral (
      select case
        when a.atttypid = 'uuid'::regtype then format('%I = $1', a.attname)
        when a.atttypid = 'uuid[]'::regtype then format('$1 = any (%I)', a.attname)
        when a.atttypid in ('json'::regtype, 'jsonb'::regtype, 'text'::regtype, 'varchar'::regtype)
          then format('position($1::text in %I::text) > 0', a.attname)
      end
    ) as named (condition)
    where c.relkind in ('r', 'p') and not c.relispartition and named.condition is not null
      and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
      and c.oid <> 'tenant_tombstone'::regclass
    group by c.oid
    order by c.oid::regclass::text collate "C"
  loop
    execute format(
      'select array[%s] from %s where %s', searched.counted, searched.relation, searched.conditions)
      into counts using tenant;
    return query
      select found.place, found.row_count
      from unnest(searched.places, counts) as found (place, row_count)
      where found.row_count > 0;
  end loop;
end
$$;

comment on function tenant_traces(uuid) is
  'Every column of every table in which a company''s number still stands, as a uuid, in JSON or in '
  'a text, and in how many rows; of tombstones alone nothing is said. Reads the whole database.';

-- Reading all of it -------------------------------------------------------------------------------

create function tenant_people(tenant uuid) returns setof uuid
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
declare
  statements text;
begin
  select string_agg(
    format('select %I from %s where tenant_id = $1 and %1$I is not null', c.name, t.name),
    ' union ')
  into statements
  from tenant_tables() t
  cross join tenant_columns(t.relation) c
  where not t.is_redacted and not c.is_redacted and c.points_to_person;
  return query execute statements using tenant;
end
$$;

comment on function tenant_people(uuid) is
  'The accounts that a company''s rows cannot be without: its members, and whom else a foreign key '
  'of theirs points to.';

create function begin_tenant_export(tenant uuid, out head jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform require_operator();
  perform from company c where c.tenant_id = begin_tenant_export.tenant;
  if not found then
    raise exception 'there is no company %', begin_tenant_export.tenant using errcode = 'HB404';
  end if;
  -- For the rows that are fetched later in this transaction: the same text on every server.
  perform set_config('TimeZone', 'UTC', true), set_config('IntervalStyle', 'iso_8601', true),
    set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true);
  head := jsonb_build_object(
    'exportedAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'tables', (
      select jsonb_agg(t.name order by t.place) from tenant_tables() t where not t.is_redacted),
    'redacted', (
      select coalesce(jsonb_agg(redacted.name order by redacted.name collate "C"), '[]')
      from (
        select t.name from tenant_tables() t where t.is_redacted
        union all
        select t.name || '.' || c.name
        from tenant_tables() t
        cross join tenant_columns(t.relation) c
        where not t.is_redacted and c.is_redacted
      ) as redacted (name)));
end
$$;

comment on function begin_tenant_export(uuid) is
  'Begins an export in this transaction: gives its time, its tables in the order of their foreign '
  'keys, and what is left out of it. HB404: there is no such company.';

create function open_tenant_people(tenant uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  opened refcursor := 'tenant_rows';
begin
  open opened for
    select row_to_json(person)::text
    from (
      select a.id, a.email, a.first_name, a.last_name, a.display_name, a.country, a.language
      from account a
      where a.id in (select tenant_people(open_tenant_people.tenant))
      order by a.email_key collate "C"
    ) as person;
end
$$;

comment on function open_tenant_people(uuid) is
  'Opens the cursor tenant_rows over the people of a company, as an import needs them: no hash, no '
  'session, no second factor, no Google account.';

create function open_tenant_rows(tenant uuid, name text) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  opened refcursor := 'tenant_rows';
  exported regclass;
  columns text;
  keys text;
begin
  select t.relation into strict exported
  from tenant_tables() t where t.name = open_tenant_rows.name and not t.is_redacted;
  select string_agg(
    format(
      case when c.is_bytes then 'translate(encode(t.%1$I, ''base64''), E''\n'', '''') as %1$I'
        else 't.%I' end,
      c.name),
    ', ' order by c.place)
  into columns
  from tenant_columns(exported) c
  where not c.is_redacted;
  select string_agg(
    format('t.%I', a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end,
    ', ' order by k.place)
  into keys
  from pg_index i
  cross join unnest(i.indkey) with ordinality as k (attnum, place)
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indrelid = exported and i.indisprimary;
  open opened for execute format(
    'select row_to_json(r)::text from (select %s from %s t where t.tenant_id = $1 order by %s) r',
    columns, exported, keys) using tenant;
end
$$;

comment on function open_tenant_rows(uuid, text) is
  'Opens the cursor tenant_rows over a company''s rows of one table, by its primary key, as JSON: '
  'bytes in base64, without what is redacted or computed from the rest.';

-- Erasing it --------------------------------------------------------------------------------------

create function forget_tenant_rows(tenant uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  statement text;
begin
  for statement in
    select format('delete from %s where tenant_id = $1', t.name)
    from tenant_tables() t order by t.place desc
  loop
    execute statement using tenant;
  end loop;
  -- Where somebody was last, or wanted to go.
  for statement in
    select format('update %s set %I = null where %2$I = $1', c.oid::regclass, a.attname)
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and a.atttypid = 'uuid'::regtype
      and a.attname like '%\_tenant\_id'
      and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
  loop
    execute statement using tenant;
  end loop;
  -- What waits for the commit is done now: it may write, or refuse.
  set constraints all immediate;
end
$$;

comment on function forget_tenant_rows(uuid) is
  'Deletes a company''s rows, the dependent ones first, and takes its number out of columns of '
  'other tables that are named .._tenant_id.';

create function tell_of_deletion(tenant uuid, company_name text, out people jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'name', m.display_name, 'email', m.email, 'role', m.role,
      'isLeftWithout', not exists (
        select from membership other
        where other.account_id = m.account_id and other.tenant_id <> m.tenant_id))
    order by m.email collate "C"), '[]')
  into people
  from membership m where m.tenant_id = tell_of_deletion.tenant;
  perform ask_mail(
    'company_deleted', m.account_id, null,
    jsonb_build_object('company', tell_of_deletion.company_name))
  from membership m where m.tenant_id = tell_of_deletion.tenant;
end
$$;

comment on function tell_of_deletion(uuid, text) is
  'Asks for the mails that tell a company''s members that it is gone, and says who they are.';

create function delete_tenant(
  tenant uuid, legal_name text, reason text, export_digest bytea, out report jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  gone company;
  links uuid[];
  mail_count bigint;
  counts jsonb;
  people jsonb;
  traces text;
begin
  perform require_operator();
  -- Links before all else of a company, as whoever uses one takes them.
  links := array(
    select l.id from one_time_link l
    where l.facts ->> 'tenant' = delete_tenant.tenant::text
      or l.id in (
        select i.link_id from invitation i where i.tenant_id = delete_tenant.tenant)
    order by l.id
    for update);
  select c.* into gone from company c where c.tenant_id = delete_tenant.tenant for update;
  if not found then
    raise exception 'there is no company %', delete_tenant.tenant using errcode = 'HB404';
  end if;
  if delete_tenant.legal_name is not null and delete_tenant.legal_name <> gone.legal_name then
    raise exception 'the legal name of the company % is another', delete_tenant.tenant
      using errcode = 'HB409';
  end if;
  select jsonb_object_agg(c.name, c.row_count) into counts
  from count_tenant_rows(delete_tenant.tenant) c;
  delete from mail m where m.link_id = any (links);
  get diagnostics mail_count = row_count;
  delete from one_time_link l where l.id = any (links);
  people := tell_of_deletion(
    delete_tenant.tenant, coalesce(nullif(gone.trade_name, ''), gone.legal_name));
  -- Whatever keeps a record of the first round's changes loses it in the second.
  for round in 1..2 loop
    perform forget_tenant_rows(delete_tenant.tenant);
  end loop;
  select string_agg(format('%s (%s)', t.place, t.row_count), ', ') into traces
  from tenant_traces(delete_tenant.tenant) t;
  if traces is not null then
    raise exception 'the company % would still stand in %', delete_tenant.tenant, traces
      using errcode = 'HB409',
        hint = 'Nothing was deleted. What keeps it there has to let go first.';
  end if;
  insert into tenant_tombstone (
    id, reason, country_version, legal_name, identification_type, identification_number,
    identification_check_digit, signed_up_at, row_counts, export_digest)
  values (
    gone.tenant_id, delete_tenant.reason, gone.country_version, gone.legal_name,
    gone.identification_type, gone.identification_number, gone.identification_check_digit,
    gone.created_at, counts, delete_tenant.export_digest);
  report := jsonb_build_object(
    'legalName', gone.legal_name, 'rows', counts, 'people', people,
    'links', cardinality(links), 'mails', mail_count);
end
$$;

comment on function delete_tenant(uuid, text, text, bytea) is
  'Erases a company, whose legal name must be given right (null: not asked for), with its '
  'invitations'' links and mails; proves that its number stands nowhere any more, and leaves a '
  'tombstone. The accounts of its people stay: they are told by mail. What went is reported. '
  'HB404: there is no such company; HB409: another name, or something would be left.';

reset role;
