-- The outbox: what the house has to tell by mail. What comes out: the table of mails, and the one
-- function by which a change asks for one in its own transaction.
--
-- A mail is asked for by the row; a worker sends it afterwards. So nothing is told of what was
-- rolled back, and nothing that was committed goes untold. A link is named, never spelled: its
-- token is derived when the mail is written, so that the outbox holds no secret.

do $roles$
begin
  perform pg_advisory_xact_lock(hashtextextended('mi-alegra: roles', 0));
  if (select rolsuper from pg_roles where rolname = current_user) then
    lock table pg_catalog.pg_authid in share row exclusive mode;
  end if;
  if not exists (select from pg_roles where rolname = 'hub_delivery') then
    create role hub_delivery nologin;
    comment on role hub_delivery is
      'Mi Alegra: owns the functions that take from the outbox what is to be sent.';
  end if;
  if exists (
    select from pg_roles
    where rolname = 'hub_delivery' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb))
  then
    raise exception 'the role hub_delivery has rights that would undo the separation of tenants'
      using hint = 'ALTER ROLE hub_delivery NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;';
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant hub_delivery to %I', current_user);
  end if;
end
$roles$;

grant usage on schema public to hub_delivery;
alter default privileges for role hub_delivery revoke execute on functions from public;

set local role hub_owner;

create table one_time_link (
  id uuid primary key default gen_random_uuid(),
  purpose text not null check (purpose in (
    'sign_up', 'reset_password', 'change_email', 'undo_email', 'unlink_google', 'invitation',
    'recover_second_factor')),
  account_id uuid references account on delete cascade,
  address text not null check (char_length(address) <= 254),
  facts jsonb not null default '{}',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  voided_at timestamptz
);

create index one_time_link_by_account on one_time_link (account_id, purpose)
  where used_at is null and voided_at is null;
create index one_time_link_by_age on one_time_link (expires_at);

comment on table one_time_link is
  'The links that mails carry, each good for one thing, once, for a while. The token in the mail '
  'is derived from the id by a key of the server''s: whoever reads this table holds no link.';
comment on column one_time_link.id is 'Names the link; half of its token.';
comment on column one_time_link.purpose is 'The one thing it is good for.';
comment on column one_time_link.account_id is 'Whose it is; null before there is an account.';
comment on column one_time_link.address is 'The address it was sent to.';
comment on column one_time_link.facts is 'What its use will need to know, by the purpose.';
comment on column one_time_link.created_at is 'When it was made.';
comment on column one_time_link.expires_at is 'Until when it can be used.';
comment on column one_time_link.used_at is 'When it was used; null: not yet.';
comment on column one_time_link.voided_at is 'When something made it void; null: it is not.';

alter table one_time_link enable row level security, force row level security;
create policy one_time_link_by_auth on one_time_link to hub_auth using (true);
grant select, insert, update, delete on one_time_link to hub_auth;

create table mail (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind ~ '^[a-z][a-z_]{0,63}$'),
  account_id uuid references account on delete set null,
  address text not null check (char_length(address) <= 254),
  name text not null,
  language text not null,
  facts jsonb not null default '{}',
  link_id uuid references one_time_link on delete set null,
  created_at timestamptz not null default now(),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  sent_at timestamptz,
  given_up_at timestamptz,
  failure text,
  check (sent_at is null or given_up_at is null)
);

create index mail_to_send on mail (next_attempt_at) where sent_at is null and given_up_at is null;
create index mail_by_account on mail (account_id);
create index mail_by_link on mail (link_id);

comment on table mail is
  'The outbox: mails that changes have asked for. Those without sent_at and given_up_at are still '
  'to be sent; one that was given up stays here to be looked at.';
comment on column mail.id is 'The mail; its Message-ID is made of it, so that a repetition shows.';
comment on column mail.kind is 'What it tells; the name of its template.';
comment on column mail.account_id is 'Whom it is about; null before there is an account, or after.';
comment on column mail.address is 'Where it goes, as it was when it was asked for.';
comment on column mail.name is 'How it greets the person; empty where no name is known.';
comment on column mail.language is 'The language it speaks, such as es, es-AR, en or pt.';
comment on column mail.facts is 'What its template fills in; no secret.';
comment on column mail.link_id is 'The link it carries, where it carries one.';
comment on column mail.created_at is 'When the change asked for it.';
comment on column mail.attempts is 'How often sending was begun.';
comment on column mail.next_attempt_at is
  'When it may be tried next; while one is sending it, when that one is thought dead.';
comment on column mail.sent_at is 'When the mail server took it; null: not yet.';
comment on column mail.given_up_at is 'When it was given up; null: it was not.';
comment on column mail.failure is 'What the last attempt failed of, in the mail server''s words.';

alter table mail enable row level security, force row level security;
create policy mail_by_auth on mail to hub_auth using (true);
create policy mail_by_delivery on mail to hub_delivery using (true);
grant select, insert on mail to hub_auth;
grant select, update, delete on mail to hub_delivery;
create policy one_time_link_for_delivery on one_time_link for select to hub_delivery using (true);
grant select on one_time_link to hub_delivery;

reset role;

set local row_security = on;
grant create on schema public to hub_auth;
set local role hub_auth;

create function mail_language(language text, country text) returns text
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$
  select case when language = 'es' and country = 'AR' then 'es-AR' else language end
$$;

comment on function mail_language(text, text) is
  'The language that mails speak with a person: in Argentina Spanish says vos.';

create function ask_mail(
  kind text, account uuid, address text, facts jsonb default '{}', link uuid default null)
returns uuid
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  insert into mail (kind, account_id, address, name, language, facts, link_id)
  select ask_mail.kind, a.id, coalesce(ask_mail.address, a.email),
    coalesce(nullif(a.display_name, ''), a.first_name), mail_language(a.language, a.country),
    ask_mail.facts, ask_mail.link
  from account a
  where a.id = ask_mail.account
  returning id
$$;

comment on function ask_mail(text, uuid, text, jsonb, uuid) is
  'Asks for a mail to a person, in the transaction of what it tells of: greeting and language are '
  'the account''s. A null address is the account''s own. Runs with the rights of its caller, which '
  'is a function of hub_auth.';

create function make_link(
  purpose text, account uuid, address text, lifetime interval, facts jsonb default '{}')
returns uuid
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  made uuid;
begin
  if make_link.account is not null then
    update one_time_link l set voided_at = now()
    where l.account_id = make_link.account and l.purpose = make_link.purpose
      and l.used_at is null and l.voided_at is null;
  end if;
  insert into one_time_link (purpose, account_id, address, facts, expires_at)
  values (
    make_link.purpose, make_link.account, make_link.address, make_link.facts,
    now() + make_link.lifetime)
  returning id into made;
  return made;
end
$$;

comment on function make_link(text, uuid, text, interval, jsonb) is
  'Makes a link for one purpose; open ones of the same purpose and account become void. Runs with '
  'the rights of its caller, which is a function of hub_auth.';

create function use_link(link uuid, purpose text, out used one_time_link)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update one_time_link l set used_at = now()
  where l.id = use_link.link and l.purpose = use_link.purpose
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
  returning l.* into used;
end
$$;

comment on function use_link(uuid, text) is
  'Uses a link up and gives it; null where it is unknown, for another purpose, expired, void or '
  'used. Of two at once the second waits and finds it used. Runs with the rights of its caller, '
  'which is a function of hub_auth.';

reset role;
revoke create on schema public from hub_auth;
