#!/usr/bin/env bash
# Looks for what a build and a run need, and installs what is missing with apt; says nothing and is
# quick when nothing is. With --with-tests also what `make test` needs beside that, with
# --with-bench what `make bench` does.
set -euo pipefail

swift_oldest=6.2
swift_page=https://www.swift.org/install/linux
postgresql_oldest=15

say() { printf '==> %s\n' "$1" >&2; }
fail() { printf 'error: %s\n' "$1" >&2; exit 1; }

# Whether version $1 is at least $2.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

find_swift() {
  command -v swift >/dev/null ||
    fail "Swift is not on the PATH. Install $swift_oldest or newer: $swift_page"
  # `swift --version` takes a while; the compiler beside it answers at once.
  local printed version
  printed=$(swiftc --version 2>&1) || fail "swiftc does not start: $printed"
  version=$(sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' <<<"$printed" | head -n 1)
  at_least "${version:-0}" "$swift_oldest" ||
    fail "Swift ${version:-unknown} is too old: $swift_oldest or newer is needed ($swift_page)"
}

# Prints the newest major version of an installed PostgreSQL server, or 0.
postgresql_major() {
  local newest=0 folder major
  for folder in ${PG_BINDIR:-/usr/lib/postgresql/*/bin} ${PATH//:/ }; do
    [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] || continue
    major=$("$folder/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
    if [ "$major" -gt "$newest" ]; then newest=$major; fi
  done
  echo "$newest"
}

# Whether there is a browser that the tests of the explorer can drive.
has_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then return 0; fi
  done
  return 1
}

missing_packages() {
  command -v pkg-config >/dev/null || echo pkg-config
  if ! command -v pkg-config >/dev/null || ! pkg-config --exists libpq; then echo libpq-dev; fi
  if ! command -v pkg-config >/dev/null || ! pkg-config --exists libssl libcrypto; then echo libssl-dev; fi
  if ! command -v pkg-config >/dev/null || ! pkg-config --exists zlib; then echo zlib1g-dev; fi
  if ! command -v pkg-config >/dev/null || ! pkg-config --exists libcurl; then echo libcurl4-openssl-dev; fi
  [ "$(postgresql_major)" -ge "$postgresql_oldest" ] || echo postgresql
  command -v curl >/dev/null || echo curl
  python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
  if [ "${1:-}" = --with-tests ]; then
    has_browser || echo chromium
    [ -x /usr/sbin/pgbouncer ] || command -v pgbouncer >/dev/null || echo pgbouncer
    # What documents show for partners' programs is run in each of its languages.
    command -v node >/dev/null || echo nodejs
    command -v php >/dev/null || echo php-cli
    # Checks the unit.
    command -v systemd-analyze >/dev/null || echo systemd
  fi
  if [ "${1:-}" = --with-bench ]; then command -v wrk >/dev/null || echo wrk; fi
}

install_packages() {
  local as_root=() list
  list="$*"
  command -v apt-get >/dev/null ||
    fail "missing: $list. Without apt they have to be installed by hand (names as Debian calls them)."
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null ||
      fail "missing: $list. There is no sudo here; as root: apt-get install $list"
    as_root=(sudo)
  fi
  say "installing: $list"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  # The server's package makes and starts a cluster `main` of its own, which nobody here uses. A
  # cluster that is there already is somebody's: this only concerns the one of a new package.
  local policy=/etc/postgresql-common/createcluster.d/mi-alegra.conf
  case " $list " in
    *' postgresql '*)
      "${as_root[@]}" mkdir -p "${policy%/*}"
      echo 'create_main_cluster = false' | "${as_root[@]}" tee "$policy" >/dev/null
      ;;
  esac
  local status=0
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >&2 || status=$?
  # The policy was for this one installation.
  if [ -e "$policy" ]; then "${as_root[@]}" rm -f "$policy"; fi
  [ "$status" = 0 ] || fail "apt-get install $list ended with status $status"
  # Its package starts a service, which nobody here uses either: tests start one of their own.
  case " $list " in
    *' pgbouncer '*)
      if [ -d /run/systemd/system ]; then "${as_root[@]}" systemctl disable -q --now pgbouncer; fi
      ;;
  esac
}

find_swift
mapfile -t missing < <(missing_packages "${1:-}")
if [ "${#missing[@]}" -gt 0 ]; then
  install_packages "${missing[@]}"
  mapfile -t missing < <(missing_packages "${1:-}")
  [ "${#missing[@]}" = 0 ] || fail "installed, and still not found: ${missing[*]}"
  say "everything needed is installed"
fi
