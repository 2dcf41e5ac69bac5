-- What outlived that which was to put it out. What comes out: an undoing that takes away a Google
-- account of another address too, and a bound for the guesses of all devices together that knew a
-- password once.

set local row_security = on;
grant create on schema public to hub_auth;
set local role hub_auth;

create or replace function undo_email(
  link uuid, reset_seconds integer, out outcome text, out email text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  used one_time_link;
  reset uuid;
begin
  select a.* into person from account a
  join one_time_link l on l.account_id = a.id
  where l.id = undo_email.link and l.purpose = 'undo_email'
  for update of a;
  begin
    select * into used from use_link(undo_email.link, 'undo_email');
    if used.id is null or person.id is null then
      outcome := 'invalid';
      return;
    end if;
    -- Whoever changed the address may know the password: it opens nothing any more, and the way to
    -- another one goes along with the mail below.
    update account a
    set email = used.address, password_hash = null, password_changed_at = null
    where a.id = person.id;
  exception
    when unique_violation then
      outcome := 'taken';
      return;
  end;
  perform revoke_sessions(person.id);
  perform drop_pending_email(person.id);
  perform void_links(person.id, '{reset_password}');
  -- Changes that came after the one that is undone are undone with it, not undoable themselves.
  update one_time_link l set voided_at = now()
  where l.account_id = person.id and l.purpose = 'undo_email' and l.created_at >= used.created_at
    and l.used_at is null and l.voided_at is null;
  -- Or of another address, linked before the change so that the address could become that one.
  delete from account_google g
  where g.account_id = person.id
    and (g.linked_at >= used.created_at or lower(g.email) <> lower(used.address));
  -- Of before the change, only what the same mailbox could undo by another link just as well.
  delete from second_factor f
  where f.account_id = person.id and (
    f.confirmed_at >= used.created_at
    or exists (
      select from one_time_link l
      where l.account_id = person.id and l.purpose = 'undo_second_factor'
        and lower(l.address) = lower(used.address) and l.created_at = f.confirmed_at
        and l.used_at is null and l.voided_at is null and l.expires_at > now()));
  reset := make_link(
    'reset_password', person.id, used.address, make_interval(secs => reset_seconds));
  perform ask_mail('email_undone', person.id, used.address, link => reset);
  if person.email_key <> lower(used.address) then
    perform ask_mail('email_undone_notice', person.id, person.email);
  end if;
  outcome := 'done';
  email := used.address;
end
$$;


comment on function undo_email(uuid, integer) is
  'Uses the link that was sent to the address before: it is the address again, every session ends, '
  'what waits is void, the password, a Google account that was linked since or that is of another '
  'address, and a second factor confirmed since, or lately while this was the address, are taken '
  'away, and the mail that tells so carries a link to a new password. Outcomes: done (email is '
  'given); taken (somebody else has it by now); invalid (the link is unknown, for another purpose, '
  'expired, void or used). Only done uses the link.';

create or replace function count_guess(
  email text, network text, device_account uuid, device_hash bytea, guesses_max integer,
  stranger_guesses_max integer, client_guesses_max integer, window_seconds integer,
  out allowed boolean, out retry_after_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  counted_as constant bytea := hash_of_email(email);
  person uuid;
  wait interval;
  is_known boolean := false;
begin
  select a.id into person from account a where a.email_key = lower(count_guess.email);
  if person = device_account then
    wait := take_guess(
      counted_as, 'device ' || encode(device_hash, 'hex'), guesses_max, window_seconds);
    -- Each sign-in gives out a token, so that who had the password once may have as many as they
    -- like: all devices together get no more than all strangers do, and are strangers then.
    is_known := wait is not null
      or take_guess(counted_as, 'device *', stranger_guesses_max, window_seconds) is null;
  end if;
  if not is_known then
    -- Where the client's network is not known, only the bucket of strangers is left.
    if network <> '' then
      wait := coalesce(
        take_guess(any_email(), network, client_guesses_max, window_seconds),
        take_guess(counted_as, network, guesses_max, window_seconds));
    end if;
    if wait is null and not exists (
      select from session s
      where s.account_id = person and s.address_range = network and network <> ''
        and s.created_at > now() - interval '90 days')
    then
      wait := take_guess(counted_as, '*', stranger_guesses_max, window_seconds);
    end if;
  end if;
  allowed := wait is null;
  retry_after_seconds := case when allowed then 0
    else greatest(1, ceil(extract(epoch from wait))) end;

  -- Whoever comes by takes a few old rows out, so that the table stays small by itself.
  delete from sign_in_guess
  where (email_hash, client) in (
    select old.email_hash, old.client from sign_in_guess old
    where old.full_at < now()
    limit 10
    for update skip locked);
end
$$;


comment on function count_guess(
  text, text, uuid, bytea, integer, integer, integer, integer) is
  'Counts one guess at the password of an address, before the password is looked at, and says '
  'whether it is allowed. The device is one that has signed in to that account before, by a token '
  'that was verified; null: none. Past what all devices together may try it is a stranger. An '
  'empty network is not known. Commit it: call it in a batch of its own.';

reset role;
revoke create on schema public from hub_auth;
