#!/usr/bin/env bash
# build.sh release|tests FOLDER: builds the executable optimised, or all tests, and says before a
# first build that it takes a while. A release knows the commit it was built from: COMMIT, or git's,
# with a + where something stands in the folder that was not committed. The rest of `swift build`'s
# arguments may follow.
set -euo pipefail

what=$1
folder=$2
shift 2

# Writes the commit for Sources/CVersion, and only where it is another: nothing is compiled twice.
write_commit() {
  local header=Sources/CVersion/commit.h commit=${COMMIT:-} line
  if [ -z "$commit" ] && commit=$(git rev-parse --short=12 HEAD 2>/dev/null); then
    [ -z "$(git status --porcelain --untracked-files=no)" ] || commit+=+
  fi
  line="#define BUILD_COMMIT \"${commit:-unknown}\""
  if [ "$(cat "$header" 2>/dev/null)" != "$line" ]; then echo "$line" >"$header"; fi
}

case $what in
  release)
    product="$folder/release/mi-alegra"
    arguments=(--configuration release --product mi-alegra)
    write_commit
    ;;
  tests)
    product="$folder/debug"
    arguments=(--build-tests)
    ;;
  *)
    echo "usage: build.sh release|tests FOLDER" >&2
    exit 2
    ;;
esac

if [ -e "$product" ]; then
  echo "==> building ($what)" >&2
else
  echo "==> building ($what): the first time takes several minutes, most of it for dependencies" >&2
fi

swift build --build-path "$folder" "${arguments[@]}" "$@"
