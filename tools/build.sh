#!/usr/bin/env bash
# build.sh release|tests FOLDER: builds the executable optimised, or all tests, and says before a
# first build that it takes a while.
set -euo pipefail

what=$1
folder=$2

case $what in
  release)
    product="$folder/release/mi-alegra"
    arguments=(--configuration release --product mi-alegra)
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

swift build --build-path "$folder" "${arguments[@]}"
