#!/usr/bin/env bash
# fuzz_coverage.sh FOLDER TARGET [LIBFUZZER-OPTIONS]: builds the GraphQL engine with libFuzzer, which
# looks for input that reaches code not reached before, and feeds one target until it finds something
# or -max_total_time is over. The corpus grows in FOLDER/corpus-TARGET; what breaks is kept beside it.
set -euo pipefail

folder=$1
target=$2
shift 2
mkdir -p "$folder/corpus-$target"

flags=(
  -O -wmo -parse-as-library -sanitize=fuzzer -package-name mi_alegra -swift-version 6 -I "$folder"
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
  -enable-upcoming-feature InternalImportsByDefault
)
for module in Sources/{JSON,GraphQLSyntax,GraphQLTypes,GraphQLValidation} Tests/FuzzSupport; do
  name=$(basename "$module")
  echo "==> compiling $name for libFuzzer" >&2
  find "$module" -name '*.swift' -print0 | sort -z | xargs -0 swiftc "${flags[@]}" \
    -module-name "$name" -emit-module -emit-module-path "$folder/$name.swiftmodule" \
    -emit-object -o "$folder/$name.o"
done
swiftc "${flags[@]}" -module-name FuzzCoverage -o "$folder/fuzz-coverage" \
  Tests/FuzzCoverage/FuzzInput.swift "$folder"/*.o

# Swift's own report of a crash would come before libFuzzer keeps the input.
FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no exec "$folder/fuzz-coverage" \
  -artifact_prefix="$folder/$target-" -timeout=20 -max_len=4096 "$@" "$folder/corpus-$target"
