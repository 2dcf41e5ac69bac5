#!/bin/sh
# Runs the tests of this folder on a migrated database: the arguments say how psql reaches it, as a
# superuser. Each file rolls back what it did. Prints a line for each; fails where one fails.
#
#     Tests/Database/run.sh -h /path/to/socket -U postgres -d hub
set -u
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
passed=0
failed=0
files='catalog isolation revisions claims catalogues company_rules solutions sign_in devices'
for file in $files new_country purge export events integrations webhooks tenants operators; do
  if psql -X -q -o /dev/null "$@" -f "$folder/$file.sql"; then
    passed=$((passed + 1))
    echo "ok      $file.sql"
  else
    failed=$((failed + 1))
    echo "FAILED  $file.sql"
  fi
done
for script in refresh_at_once event_heads; do
  if "$folder/$script.sh" "$@"; then
    passed=$((passed + 1))
    echo "ok      $script.sh"
  else
    failed=$((failed + 1))
    echo "FAILED  $script.sh"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
