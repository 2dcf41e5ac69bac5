-- Ending an account. What comes out: the function that takes a person out of the house, all of it
-- in one transaction; what belongs to their companies stays, without their name.

set local row_security = on;

set local role hub_owner;

create policy account_without_by_auth on account for delete to hub_auth using (true);
grant delete on account, session, refresh_token, mail to hub_auth;
grant update (facts) on mail to hub_auth;
create policy integration_connection_for_auth on integration_connection for select to hub_auth
  using (true);
create policy integration_connection_by_auth on integration_connection for update to hub_auth
  using (true);
grant select (connected_by), update (connected_by, connected_by_name)
  on integration_connection to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function forget_person(account uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
begin
  select a.* into person from account a where a.id = forget_person.account;
  update integration_connection c set connected_by = null, connected_by_name = null
  where c.connected_by = person.id;
  -- What was sent in their name; what is still on its way goes out as it was asked for.
  update mail m set facts = m.facts - 'inviter'
  from one_time_link l
  join invitation i on i.id = (l.facts ->> 'invitation')::uuid
  where m.link_id = l.id and l.purpose = 'invitation' and i.invited_by = person.id
    and (m.sent_at is not null or m.given_up_at is not null);
  update invitation i set invited_by = null, invited_by_name = ''
  where i.invited_by = person.id;
  delete from invitation i where i.accepted_by = person.id;
  delete from mail m where m.account_id = person.id or lower(m.address) = person.email_key;
  delete from sign_in_guess g where g.email_hash = sha256(convert_to(person.email_key, 'UTF8'));
  delete from link_request r
  where r.address_hash in (
    select hash_of_request(purpose, person.email_key)
    from unnest(array['sign_up', 'reset_password', 'change_email']) as purpose);
  -- Memberships, sessions with their tokens, links, the Google link: by their foreign keys.
  delete from account a where a.id = person.id;
end
$$;

comment on function forget_person(uuid) is
  'Takes away what is a person''s, and the name from what stays their companies''. Runs with the '
  'rights of its caller, a function of hub_auth. A table that keeps something of a person has '
  'either a foreign key that cascades or a line here.';

create function delete_account(session uuid, account uuid, out outcome text, out companies jsonb)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  administered uuid[];
  left_alone uuid[] := '{}';
  tenant uuid;
begin
  perform from session s
  where s.id = delete_account.session and s.account_id = delete_account.account
    and s.revoked_at is null and is_fresh(s.authenticated_at);
  if not found then
    outcome := 'stale';
    return;
  end if;
  -- Tokens before sessions before the account, as whoever goes on with a session takes them.
  perform from refresh_token t
  where t.session_id in (
    select s.id from session s where s.account_id = delete_account.account)
  order by t.hash
  for update;
  perform from session s where s.account_id = delete_account.account order by s.id for update;
  select a.* into person from account a where a.id = delete_account.account for update;
  if not has_fresh_proof(delete_account.session, person.id) then
    outcome := 'stale';
    return;
  end if;
  -- Whose address it was before may undo the change, and then there must be an account.
  if exists (
    select from one_time_link l
    where l.account_id = person.id and l.purpose = 'undo_email'
      and l.used_at is null and l.voided_at is null and l.expires_at > now())
  then
    outcome := 'email_changed';
    return;
  end if;
  begin
    select array_agg(m.tenant_id order by m.tenant_id) into administered
    from membership m where m.account_id = person.id and m.role = 'administrator';
    perform forget_person(person.id);
    foreach tenant in array coalesce(administered, '{}') loop
      if not administrator_remains(tenant) then
        left_alone := left_alone || tenant;
      end if;
    end loop;
    if left_alone <> '{}' then
      raise exception 'the last administrator' using errcode = 'HB409';
    end if;
  exception
    when sqlstate 'HB409' then
      outcome := 'last_administrator';
      select jsonb_agg(
        jsonb_build_object('id', m.tenant_id, 'name', m.company_name)
        order by m.company_name, m.tenant_id)
      into companies
      from membership m
      where m.account_id = person.id and m.tenant_id = any (left_alone);
      return;
  end;
  insert into mail (kind, address, name, language)
  values (
    'account_deleted', person.email, coalesce(nullif(person.display_name, ''), person.first_name),
    mail_language(person.language, person.country));
  outcome := 'deleted';
end
$$;

comment on function delete_account(uuid, uuid) is
  'Ends an account and everything of it, and tells its address so by a last mail. Outcomes: '
  'deleted; stale (the session''s proof is not fresh); email_changed (the address before can still '
  'undo its change); last_administrator (companies is '
  '[{"id", "name"}], those that would be left without one).';

grant execute on function delete_account(uuid, uuid) to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
