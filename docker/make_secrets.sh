#!/bin/sh
# Writes what compose.yaml keeps secret into docker/secrets, which git and the image leave out: made
# up anew, once. Nothing that is there is touched.
#
#     docker/make_secrets.sh [FOLDER]
set -eu
umask 077
folder=${1:-$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/secrets}
if [ -e "$folder/hub.env" ]; then
  echo "$folder is there already: nothing made" >&2
  exit 0
fi
mkdir -p "$folder"

word() { openssl rand -hex 24; }
key() { printf '%s:%s' "$(date -u +%Y-%m)" "$(openssl rand -base64 32)"; }

postgres=$(word)
hub=$(word)
printf '%s' "$postgres" >"$folder/postgres"
# One password for both of the server's roles: PGPASSWORD has one place for it.
cat >"$folder/passwords.sql" <<SQL
\set ON_ERROR_STOP on
ALTER ROLE hub_app_read PASSWORD '$hub';
ALTER ROLE hub_app_write PASSWORD '$hub';
SQL
# The container's own account reads it; the folder keeps everybody else out.
cat >"$folder/userlist.txt" <<LIST
"hub_app_read" "$hub"
"hub_app_write" "$hub"
LIST
chmod 644 "$folder/userlist.txt" "$folder/passwords.sql"
cat >"$folder/migrate.env" <<ENV
DATABASE_URL=postgresql://postgres:$postgres@postgres:5432/mi_alegra
PGPASSWORD=$postgres
ENV
cat >"$folder/hub.env" <<ENV
DATABASE_URL=postgresql://hub_app_read@pgbouncer:6432/mi_alegra
DATABASE_LISTEN_URL=postgresql://hub_app_read@postgres:5432/mi_alegra
PGPASSWORD=$hub
TOKEN_KEYS=$(key)
SEALING_KEYS=$(key)
AUDIT_KEYS=$(key)
ENV
echo "made $folder" >&2
