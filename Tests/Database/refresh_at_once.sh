#!/bin/sh
# Two refreshes with the same token at the same instant: the first is held open until the second
# waits for it, then both must have gone on with the same successor.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
database() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

account=00000000-0000-4000-8000-0000000000b7
tidy="delete from company where tenant_id = '$account'; delete from account where id = '$account'"
database "$@" -c "$tidy" -c "
  insert into company (
    tenant_id, country_version, legal_name, currency_code, timezone, decimal_precision)
  values ('$account', 'CO', 'Dos pestañas', 'COP', 'UTC', 2);
  insert into account (id, email, country) values ('$account', 'two-tabs@test.example', 'CO');
  insert into membership (tenant_id, account_id, role) values ('$account', '$account', 'seller');
  insert into session (id, account_id, last_tenant_id, device, expires_at, idle_expires_at)
  values (
    '$account', '$account', '$account', 'test', now() + interval '1 h', now() + interval '1 h');
  insert into refresh_token (hash, session_id) values (sha256('two tabs'), '$account')"

refresh="select outcome, encode(successor_hash, 'hex') from refresh_session(sha256('two tabs')"
database "$@" -c "begin" -c "$refresh, sha256('first'), 60)" -c "
  do \$\$
  begin
    for attempt in 1..1000 loop
      perform pg_stat_clear_snapshot();
      exit when exists (
        select from pg_stat_activity a where pg_backend_pid() = any (pg_blocking_pids(a.pid)));
      perform pg_sleep(0.01);
    end loop;
  end
  \$\$" -c "commit" > "$work/first" &
until [ -s "$work/first" ]; do sleep 0.01; done
database "$@" -c "$refresh, sha256('second'), 60)" > "$work/second"
wait
database "$@" -c "$tidy"

successor=$(printf first | sha256sum | cut -d ' ' -f 1)
[ "$(cat "$work/first")" = "refreshed|$successor" ]
[ "$(cat "$work/second")" = "repeated|$successor" ]
