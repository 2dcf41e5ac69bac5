#!/usr/bin/env bash
# install.sh PROGRAM: puts the program, its completions for bash, zsh and fish, the systemd unit and
# its account, and what operators read below PREFIX (/usr/local), all of it below DESTDIR where that
# is set. Settings that are there already stay. Undone by --remove PROGRAM, which leaves settings.
set -euo pipefail

remove=
if [ "${1:-}" = --remove ]; then
  remove=yes
  shift
fi
program=${1:?usage: install.sh [--remove] PROGRAM}
prefix=${PREFIX:-/usr/local}
top=${DESTDIR:-}
here=$(cd "$(dirname "$0")/.." && pwd)
settings=$top/etc/mi-alegra/environment
documents="$top$prefix/share/doc/mi-alegra"

bash=$top$prefix/share/bash-completion/completions/mi-alegra
zsh=$top$prefix/share/zsh/site-functions/_mi-alegra
fish=$top$prefix/share/fish/vendor_completions.d/mi-alegra.fish
unit=$top$prefix/lib/systemd/system/mi-alegra.service
account=$top$prefix/lib/sysusers.d/mi-alegra.conf

if [ -n "$remove" ]; then
  rm -f "$top$prefix/bin/mi-alegra" "$bash" "$zsh" "$fish" "$unit" "$account"
  rm -rf "$documents"
  exit
fi

install -D --mode 755 "$program" "$top$prefix/bin/mi-alegra"
for shell in bash zsh fish; do
  install -D --mode 644 <("$program" --generate-completion-script "$shell") "${!shell}"
done
install -D --mode 644 <(sed "s|/usr/local/|$prefix/|" "$here/docker/mi-alegra.service") "$unit"
install -D --mode 644 "$here/docker/sysusers.conf" "$account"
for document in README.md CHANGELOG.md docker/configuration.md docker/runbook.md docker/backup.md; do
  install -D --mode 644 "$here/$document" "$documents/${document##*/}"
done
if [ ! -e "$settings" ]; then
  install -D --mode 600 /dev/stdin "$settings" <<SETTINGS
# The settings of mi-alegra.service, one NAME=value a line. All of them stand in
# $prefix/share/doc/mi-alegra/configuration.md
#DATABASE_URL=postgresql://db.internal/mi_alegra
#TOKEN_KEYS_FILE=/etc/mi-alegra/token-keys
#SEALING_KEYS_FILE=/etc/mi-alegra/sealing-keys
#PUBLIC_URL=https://hub.example.com
SETTINGS
fi
