# SPDX-License-Identifier: Apache-2.0
# The commands of daily work. CMakeLists.txt builds; this file only names what to build and run.
#   BUILD=folder  where the build goes (variants: folder-asan, ...)     JOBS=n  parallel work

BUILD ?= build
JOBS  ?= 2
export CMAKE_GENERATOR ?= $(if $(shell command -v ninja),Ninja,Unix Makefiles)
export CMAKE_BUILD_PARALLEL_LEVEL = $(JOBS)
export BUILD JOBS

# $(call build,preset,folder,targets): configures once, then builds. One at a time in a folder.
locked = $(if $(shell command -v flock),flock $(1)/.lock)
define build
	@mkdir -p $(2)
	@test -f $(2)/CMakeCache.txt || cmake --preset $(1) -B $(2) >$(2)/configure.log || { cat $(2)/configure.log; exit 1; }
	@$(call locked,$(2)) cmake --build $(2) --target $(3)
endef

mote: ## The command: build/mote
	$(call build,release,$(BUILD),mote)

test: mote ## Unit tests, conformance against erl, examples, the canary; one line at the end
	$(call build,release,$(BUILD),unit fuzzers)
	$(call build,cortex-m33,$(BUILD)-cortex-m33,canary)
	@tests/run

check: mote ## Layers, sizes, headers, tests there, documents, symbols, tail calls, cppcheck
	@tools/check/run

check-asan: ## The tests with addresses and undefined behaviour checked
	$(call build,asan,$(BUILD)-asan,mote unit)
	@BUILD=$(BUILD)-asan tests/run unit conformance

check-tsan: ## The tests with data races checked, on two schedulers
	$(call build,tsan,$(BUILD)-tsan,mote unit)
	@BUILD=$(BUILD)-tsan SCHEDULERS=2 LIMIT=600 tests/run unit conformance

check-m32: ## The tests as a 32-bit program
	$(call build,m32,$(BUILD)-m32,mote unit)
	@BUILD=$(BUILD)-m32 tests/run unit conformance

# Without Elixir: its compiler takes too long where each step collects.
stressed = $(filter-out elixir/,$(patsubst tests/conformance/%,%,$(wildcard tests/conformance/*/)))

check-stress: check-stress-move check-stress-preempt check-stress-alloc ## The next three

check-stress-move: ## Conformance where all terms move at each chance
	$(call build,stress-move,$(BUILD)-stress-move,mote)
	@BUILD=$(BUILD)-stress-move LIMIT=600 tests/conformance/run $(stressed)

check-stress-preempt: ## Conformance with slices of one reduction
	$(call build,stress-preempt,$(BUILD)-stress-preempt,mote)
	@BUILD=$(BUILD)-stress-preempt LIMIT=600 tests/conformance/run $(stressed)

check-stress-alloc: ## Each allocation of pieces of work fails once
	$(call build,stress-alloc,$(BUILD)-stress-alloc,mote)
	@BUILD=$(BUILD)-stress-alloc tests/stress/run

releases: mote ## Conformance on OTP 25, 27 and 29, each in a chroot of Debian (needs root)
	@tests/releases/run

# Programs of natives that came with later releases.
later = $(patsubst tests/conformance/%.releases,%,\
  $(shell grep -l 99 tests/conformance/natives/*.releases))

coverage: ## Which natives conformance calls, good and bad (needs root); writes tools/mote/tested.def
	$(call build,coverage,$(BUILD)-coverage,mote)
	@rm -f $(BUILD)-coverage/natives.log
	@BUILD=$(BUILD)-coverage tests/conformance/run --natives-log $(BUILD)-coverage/natives.log || true
	@BUILD=$(BUILD)-coverage RELEASES=$(or $(RELEASES),$(BUILD)/releases) tests/releases/run \
	  -r 27 -r 29 --natives-log $(BUILD)-coverage/natives.log $(later)
	@BUILD=$(BUILD)-coverage tests/conformance/natives_coverage $(BUILD)-coverage/natives.log --write

documents: ## docs/differences.md, from tests/differences
	@tests/differences/run --page >docs/differences.md

fuzz: ## Damaged input into every decoder (SECONDS_EACH=60, or INPUTS=n each)
	$(call build,asan,$(BUILD)-asan,fuzzers)
	@BUILD=$(BUILD)-asan $(if $(INPUTS),,SECONDS_EACH=$(or $(SECONDS_EACH),60)) tests/fuzz/run

fuzz-fast: ## The same without sanitizers, which takes a tenth of the time
	$(call build,release,$(BUILD),fuzzers)
	@$(if $(INPUTS),,SECONDS_EACH=$(or $(SECONDS_EACH),60)) tests/fuzz/run

fuzz-grow: ## libFuzzer looks for input that the corpora lack (SECONDS_EACH=60)
	$(call build,fuzz,$(BUILD)-fuzz,fuzzers)
	@BUILD=$(BUILD)-fuzz tests/fuzz/grow

compiler: mote ## OTP's compiler over the sources in SOURCES, on erl and on Mote: same files, times
	@tests/compiler/run $(SOURCES)

bench: mote ## The kernels' time beside erl's, and a chart (PEERS: lines of NAME=COMMAND, bench/run)
	@PYTHONDONTWRITEBYTECODE=1 bench/run -m $(BUILD)/mote -c $(BUILD)/bench.svg

bench-ets: mote ## The same of each operation on tables (KERNELS="lookup/set next")
	@PYTHONDONTWRITEBYTECODE=1 bench/run -m $(BUILD)/mote -s ets_kernels $(KERNELS)

canary: ## The core for a Cortex-M33: its size by folder, and a run in QEMU
	$(call build,cortex-m33,$(BUILD)-cortex-m33,canary)
	@tests/canary/run

format: ## .clang-format over what git says was changed
	@git diff --name-only --diff-filter=d HEAD -- '*.[ch]' | xargs -r clang-format -i

clean: ## Removes all builds
	rm -rf $(BUILD) $(BUILD)-*

help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

.DEFAULT_GOAL := mote
.PHONY: mote test check check-asan check-tsan check-m32 check-stress check-stress-move \
  check-stress-preempt check-stress-alloc releases coverage documents fuzz fuzz-fast fuzz-grow \
  compiler bench bench-ets canary format clean help
