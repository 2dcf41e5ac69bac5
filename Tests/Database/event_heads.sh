#!/bin/sh
# Many who write at once, in opposite orders, and the heads of the logs hold nobody up for good: no
# deadlock, no gap, each chain whole, in the order of the commits. The arguments say how psql
# reaches a migrated database, as a superuser. Of what it makes the logs stay.
#
#     Tests/Database/event_heads.sh -h /path/to/socket -U postgres -d hub
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }
one=$(sql "$@" -c "select gen_random_uuid()")
two=$(sql "$@" -c "select gen_random_uuid()")
writers=8
rounds=25

sql "$@" -o /dev/null <<END
insert into company (tenant_id, country_version, legal_name, currency_code, timezone,
  decimal_precision)
select id::uuid, 'INTL', 'Heads', 'USD', 'UTC', 2 from unnest(array['$one', '$two']) as made (id);
insert into account (id, email, country)
select ('00000000-0000-4000-9000-0000000000' || lpad(n::text, 2, '0'))::uuid,
  'heads' || n || '@heads.example', 'CO'
from generate_series(1, $writers + 1) as n;
insert into membership (tenant_id, account_id, role)
select c.tenant_id, a.id, 'administrator' from company c, account a
where c.legal_name = 'Heads' and a.email like 'heads%@heads.example';
insert into company_solution (tenant_id, solution, country_version, plan, state)
select c.tenant_id, s.solution, c.country_version, 'plus', 'ACTIVE'
from company c, unnest(array['invoicing', 'store']) as s (solution)
where c.legal_name = 'Heads';
END

# Each writer has rows of its own, so that no lock but those of the log and of the administrators is
# anybody else's. Odd writers go from one company to the other, even ones back; each third act is a
# function that asks for the administrators' lock at once and not at commit, each fourth a solution
# that another needs or that needs another, each fifth a profile.
writer() {
  person=00000000-0000-4000-9000-00000000000$1
  if [ $(($1 % 4)) -lt 2 ]; then first=$one second=$two; else first=$two second=$one; fi
  round=0
  while [ $round -lt $rounds ]; do
    round=$((round + 1))
    role=$([ $((round % 2)) = 0 ] && echo administrator || echo seller)
    case $((round % 5)) in
      3) echo "select change_role('00000000-0000-4000-9000-000000000009', '$first', '$person',
           'administrator', null);
         select change_role('00000000-0000-4000-9000-000000000009', '$second', '$person',
           '$role', null);" ;;
      4) echo "begin;
         update membership set role = '$([ $((round % 10)) = 4 ] && echo seller || echo assistant)'
         where (tenant_id, account_id) = ('$first', '$person');
         update company_solution set state = 'ACTIVE', trial_ends_at = now()
         where (tenant_id, solution) = (
           '$first', '$([ $(($1 % 2)) = 1 ] && echo invoicing || echo store)');
         commit;" ;;
      0) echo "update account set display_name = 'Writer $1 $round' where id = '$person';" ;;
      *) echo "begin;
         update membership set role = '$role' where (tenant_id, account_id) = ('$first', '$person');
         update membership set role = '$role'
         where (tenant_id, account_id) = ('$second', '$person');
         commit;" ;;
    esac
  done
}

number=1
while [ $number -le $writers ]; do
  writer $number > "$folder/$number.sql"
  sql "$@" -o /dev/null -f "$folder/$number.sql" 2> "$folder/$number.err" &
  number=$((number + 1))
done
wait

answer=$(sql "$@" <<END
select string_agg(concat_ws(' ', h.tenant_id, v.sequence, v.problem), ', ')
from event_head h, verify_event_chain(h.tenant_id) as v where v.problem is not null;
select string_agg('out of order ' || e.sequence, ', ')
from event e join event f on f.tenant_id = e.tenant_id and f.sequence = e.sequence + 1
where f.at < e.at;
select 'fewer events than changes' where (
  select count(*) from event where tenant_id = '$one' and type = 'profile.updated')
  <> $writers * $rounds / 5;
delete from company where legal_name = 'Heads';
delete from account where email like 'heads%@heads.example';
END
)
answer=$(cat "$folder"/*.err; printf '%s' "$answer" | tr -d '\n')
[ -z "$answer" ] || { echo "$answer"; exit 1; }
