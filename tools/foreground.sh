#!/usr/bin/env bash
# foreground.sh COMMAND...: runs a server for `make` so that Ctrl-C reaches the server alone. make
# itself would end with an error at the interrupt, however well the server ends.
set -uo pipefail

if [ -t 0 ]; then
  # Job control: the server gets a process group of its own, which owns the terminal meanwhile. A
  # signal to us is for the server too, but bash would keep it until the server's end: so we die of
  # it at once, and the kernel tells the server (--pdeathsig).
  set -m
  setpriv --pdeathsig TERM "$@"
  exit
fi

server=
trap '[ -n "$server" ] && kill -TERM "$server" 2>/dev/null' INT TERM HUP
"$@" &
server=$!
status=0
while :; do
  wait "$server"
  status=$?
  kill -0 "$server" 2>/dev/null || break
done
exit "$status"
