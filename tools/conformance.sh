#!/usr/bin/env bash
# conformance.sh FOLDER: grades the checker against the corpus of GraphQL cases, where one stands
# beside this repository; without one it says so.
set -euo pipefail

corpus="$(dirname "$0")/../../shared/conformance"
if [ ! -f "$corpus/grade.py" ]; then
  echo "==> no conformance corpus beside this repository: nothing graded" >&2
  exit 0
fi
echo "==> grading the GraphQL engine against the conformance corpus" >&2
python3 "$corpus/grade.py" --require L2r -- "$1/debug/mi-alegra" check --ndjson
