# The commands of this repository. `make` alone lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help

PORT ?= 8080
# Where `make install` puts things, below DESTDIR where that is set.
PREFIX ?= /usr/local
# Where `swift build` keeps its products; set it to keep two builds apart.
BUILD_DIR ?= .build
SWIFT_FILES := Package.swift Sources Tests
# Many tests wait for psql on a thread of the pool that all tests run on, which has one thread a
# core: more at once starve each other into their time limits, and take longer together.
TESTS_AT_ONCE ?= 3

# Some runners start without a home, and the compiler wants one for its module cache.
export HOME ?= $(shell getent passwd $$(id -u) | cut -d: -f6)

.PHONY: help run test check format lint bench bench-engine fuzz fuzz-coverage setup install \
  clean

help: ## List the commands.
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## Run the hub with demo companies at http://127.0.0.1:8080 (PORT=... for another).
	@tools/build.sh release $(BUILD_DIR)
	@tools/foreground.sh $(BUILD_DIR)/release/mi-alegra dev --port $(PORT)

test: ## Run every test.
	@tools/setup.sh --with-tests
	@tools/build.sh tests $(BUILD_DIR)
	@tools/whole_modules $(BUILD_DIR)
	@SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(TESTS_AT_ONCE) \
	  swift test --build-path $(BUILD_DIR) --skip-build
	@tools/end_to_end.sh $(BUILD_DIR)/debug/mi-alegra
	@tools/conformance.sh $(BUILD_DIR)

check: setup lint test ## What must hold before a commit: format, no warning, tests, tidiness.

lint: ## Complain about what `make format` would change.
	@swift format lint --strict --recursive --parallel $(SWIFT_FILES)

format: ## Lay out every Swift file as .swift-format says.
	@swift format --in-place --recursive --parallel $(SWIFT_FILES)

bench: ## Measure against the pgbench reference (several minutes; FLAGS="--rounds 5").
	@tools/setup.sh --with-bench
	@tools/build.sh release $(BUILD_DIR)
	@python3 Tests/Benchmarks/bench.py --binary $(BUILD_DIR)/release/mi-alegra $(FLAGS)

bench-engine: setup ## Measure parsing, validating and planning alone (FLAGS=growth: long ones).
	@swift build --build-path $(BUILD_DIR) --configuration release --product EngineBenchmark
	@$(BUILD_DIR)/release/EngineBenchmark $(FLAGS)

fuzz: ## Feed the GraphQL engine made-up input (FLAGS="--seconds 600 --seed 1"; a target's share).
	@swift build --build-path $(BUILD_DIR) --configuration release --product fuzz
	@$(BUILD_DIR)/release/fuzz $(FLAGS)

fuzz-coverage: ## The same led by coverage, with libFuzzer (TARGET=syntax FLAGS="-max_total_time=600").
	@tools/fuzz_coverage.sh $(BUILD_DIR)-fuzz $(or $(TARGET),syntax) $(FLAGS)

setup: ## Install what is missing (Debian 12+, Ubuntu 24.04+).
	@tools/setup.sh

install: setup ## Install program, completions, systemd unit (PREFIX=/usr/local, DESTDIR=).
	@tools/build.sh release $(BUILD_DIR)
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" tools/install.sh $(BUILD_DIR)/release/mi-alegra

clean: ## Remove what was built. The demo data stays.
	@rm -rf $(BUILD_DIR)
