-- The roles of the cluster. What comes out: who owns, who serves, who signs people in.
--
-- Roles belong to the whole cluster, and several databases of it may run this file at the same
-- time (each test has a database of its own). Advisory locks end at the database's border, so the
-- lock that holds across databases is one on the shared catalog of roles; only a superuser may
-- take it. Nothing that already stands as it should is touched, so a second run changes nothing.
--
-- Run by a superuser, or by a role with CREATEROLE that owns the database. No password is set
-- here: operators choose how the two login roles prove who they are.

do $lock$
begin
  perform pg_advisory_xact_lock(hashtextextended('mi-alegra: roles', 0));
  if (select rolsuper from pg_roles where rolname = current_user) then
    lock table pg_catalog.pg_authid in share row exclusive mode;
  end if;
end
$lock$;

do $roles$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('hub_owner',     'nologin', 'Mi Alegra: owns the tables; nobody signs in as it.'),
      ('hub_app',       'nologin', 'Mi Alegra: the group that tenant policies name; owns nothing.'),
      ('hub_app_read',  'login',   'Mi Alegra: the server''s connections that only read.'),
      ('hub_app_write', 'login',   'Mi Alegra: the server''s connections that write.'),
      ('hub_auth',      'nologin', 'Mi Alegra: owns the functions that sign people in.')
    ) as role (name, login, purpose)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.login);
      execute format('comment on role %I is %L', wanted.name, wanted.purpose);
    end if;
    if exists (
      select from pg_roles
      where rolname = wanted.name and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
    ) then
      raise exception 'the role % has rights that would undo the separation of tenants', wanted.name
        using hint = format(
          'ALTER ROLE %I NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;', wanted.name);
    end if;
  end loop;
end
$roles$;

-- The two login roles act with the rights of hub_app; whoever migrates may act as the owners, which
-- a superuser may anyway.
do $members$
declare
  login text;
begin
  foreach login in array array['hub_app_read', 'hub_app_write'] loop
    if not pg_has_role(login, 'hub_app', 'member') then
      execute format('grant hub_app to %I', login);
    end if;
  end loop;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant hub_owner, hub_auth to %I', current_user);
  end if;
end
$members$;

-- Settings stand on the roles and not in connection strings, because PgBouncer refuses startup
-- options. The zero uuid of app.tenant_id and app.account_id belongs to nobody (each table forbids
-- it); it is there because the planner evaluates current_setting() for its estimates.
do $settings$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('hub_app_read',  'default_transaction_isolation', 'repeatable read'),
      ('hub_app_read',  'default_transaction_read_only', 'on'),
      ('hub_app_write', 'default_transaction_isolation', 'read committed'),
      ('hub_app_write', 'default_transaction_read_only', 'off')
    ) as own (role, setting, value)
    union all
    select role, setting, value
    from (values ('hub_app_read'), ('hub_app_write')) as login (role)
    cross join (values
      ('app.tenant_id',                       '00000000-0000-0000-0000-000000000000'),
      ('app.account_id',                      '00000000-0000-0000-0000-000000000000'),
      ('search_path',                         'public'),
      ('statement_timeout',                   '5s'),
      ('lock_timeout',                        '2s'),
      ('idle_in_transaction_session_timeout', '10s'),
      ('DateStyle',                           'ISO, YMD'),
      ('TimeZone',                            'UTC'),
      ('jit',                                 'off')
    ) as shared (setting, value)
  loop
    if not exists (
      select
      from pg_db_role_setting s
      join pg_roles r on r.oid = s.setrole
      where r.rolname = wanted.role and s.setdatabase = 0
        and format('%s=%s', wanted.setting, wanted.value) = any (s.setconfig)
    ) then
      begin
        execute format('alter role %I set %s = %L', wanted.role, wanted.setting, wanted.value);
      exception when insufficient_privilege then
        -- Policies bear an unset tenant; the planner only estimates a little worse.
        raise warning 'the role % was not given a default of %', wanted.role, wanted.setting
          using hint = format('A superuser may: GRANT SET ON PARAMETER %I TO %I;',
            wanted.setting, current_user);
      end;
    end if;
  end loop;
end
$settings$;
