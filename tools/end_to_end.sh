#!/usr/bin/env bash
# end_to_end.sh PROGRAM [ARGUMENTS]: runs Tests/EndToEnd against the program with pytest, which is
# put into a virtual environment first, where it is missing or the list has changed.
set -euo pipefail

program=$1
shift
folder=.venv
list=Tests/EndToEnd/requirements.txt

if ! cmp --silent "$list" "$folder/installed.txt" || ! "$folder/bin/python" -c 'import pytest'; then
  echo "==> installing the test runner into $folder" >&2
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$list"
  cp "$list" "$folder/installed.txt"
fi

export MI_ALEGRA_PROGRAM=$program
export PYTHONDONTWRITEBYTECODE=1
# Files side by side, each worker with a hub of its own: most of a test is waiting for an answer.
exec "$folder/bin/python" -m pytest Tests/EndToEnd \
  --numprocesses "${FILES_AT_ONCE:-3}" --dist loadfile "$@"
