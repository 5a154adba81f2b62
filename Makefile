# make        set everything up, check the specs, regenerate generated/
# make test   prove it
# make test-torch  prove what the kernels do for PyTorch and JAX, which are installed beside
# make test-draws  prove what is said of hazards, by 100,000 draws of scalars for each group of kernels
# make docs   build the documentation site into site/
# make conformance  ask every client for its verdict on every conformance vector
# make bench  measure every claim about speed, with the peers in the same run
# make accept rewrite the golden files that tests compare against
# make gpu    prove and time the kernels on this machine's GPU
# make lock   resolve the pinned dependencies again

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
# The newest suitable interpreter, unless PYTHON says otherwise.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
TOOLS := $(VENV)/.tools
CLIENT := $(VENV)/.client
KERNELS := $(VENV)/.kernels
# PyTorch and JAX are large and no part of the lock: they have an environment of their own.
TORCH := .venv-torch
# The kernels are built again when any of these changed.
KERNELS_SOURCES := $(shell find kernels generated/kernels -type f -not -path '*/__pycache__/*')
ACCELERATOR := $(VENV)/.accelerator
# What tests and benchmarks of the TypeScript client need, as their lock files pin it.
NODE_TOOLS := tests/targets/typescript/node_modules/.ready
NODE_PEERS := benchmarks/typescript/node_modules/.ready
# npm of the system beside a Node that is new enough, else of the pinned tools.
NPM = $(BIN)/python -m tests.support.node npm

.PHONY: all generate test test-torch test-draws lint docs conformance bench accept lock clean
all: generate $(CLIENT) $(ACCELERATOR) $(KERNELS)

$(TOOLS): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name one with make PYTHON=..." >&2; exit 1; }
	@echo "Installing the pinned tools; this takes a few minutes once."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

generate: $(TOOLS)
	$(BIN)/knobsmith check
	$(BIN)/knobsmith generate

# The generated packages are installed so that tests use them as their users do.
$(CLIENT): $(TOOLS) | generate
	for project in generated/python generated/tuning/*/pyproject.toml; do \
		$(PIP) install --no-deps --no-build-isolation -e $${project%/pyproject.toml} || exit 1; \
	done
	@touch $@

# What the Python client can do without: no compiler, no accelerator.
$(ACCELERATOR): $(CLIENT) $(wildcard generated/accelerator/*) $(shell find generated/cpp/include -name '*.hpp')
	@if command -v g++ >/dev/null && [ -f "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" ]; \
	then $(PIP) install --no-deps --no-build-isolation --force-reinstall generated/accelerator && touch $@; \
	else echo "The Python client goes without its accelerator, which takes g++ and the headers of Python."; fi

# With CUDA where nvcc is found. The emulator runs the CUDA kernels in tests.
# The stamp has the time of the start: what changes while they are built is built the next time.
$(KERNELS): $(TOOLS) $(KERNELS_SOURCES) | generate
	@touch $@.started
	$(PIP) install --no-deps --no-build-isolation -C cmake.define.VISION_KERNELS_EMULATED=ON \
		-C cmake.define.VISION_KERNELS_WERROR=ON ./kernels
	@mv $@.started $@

%/node_modules/.ready: %/package-lock.json $(TOOLS)
	$(NPM) ci --prefix $* --no-audit --no-fund --loglevel error
	@touch $@

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(TOOLS) $(CLIENT) $(ACCELERATOR) $(KERNELS) $(NODE_TOOLS) lint
	$(BIN)/knobsmith check
	$(BIN)/knobsmith generate --check
	$(BIN)/python -m pytest -n auto

# It has the interpreter of $(VENV), so that it takes the kernels from there by a link: to build them takes minutes.
$(TORCH)/.ready: $(TOOLS)
	@test "$$($(TORCH)/bin/python -VV 2>&1)" = "$$($(BIN)/python -VV)" || $(BIN)/python -m venv --clear $(TORCH)
	$(TORCH)/bin/python -m pip --disable-pip-version-check -q install torch==2.13.0 jax==0.10.2 'numpy>=2.0' hypothesis pytest
	@touch $@

# JAX starts threads, and a process that has some is not to be forked, as PyTorch's data loader does: each has its own.
test-torch: $(TORCH)/.ready $(KERNELS)
	@packages='import sysconfig; print(sysconfig.get_path("platlib"))'; to=$$($(TORCH)/bin/python -c "$$packages") && \
	rm -rf "$$to/vision_kernels" && ln -s "$$($(BIN)/python -c "$$packages")/vision_kernels" "$$to/vision_kernels"
	$(TORCH)/bin/python -m pytest --confcutdir=tests/kernels tests/kernels/test_torch*.py \
		tests/kernels/test_transforms_torch.py tests/kernels/gpu/test_rehearsal.py
	$(TORCH)/bin/python -m pytest --confcutdir=tests/kernels tests/kernels/test_jax.py

test-draws: $(TOOLS) $(KERNELS)
	VISION_KERNELS_DRAWS=100000 $(BIN)/python -m pytest -n auto tests/kernels/test_draws.py

docs: all
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

conformance: all $(NODE_TOOLS)
	$(BIN)/knobsmith conformance --timeout 600 --page docs/reference/conformance.md \
		--project . --project examples/scikit-learn --project tests/conformance/everything \
		"typescript=$(BIN)/python -m tests.targets.typescript.client" "cpp=$(BIN)/python -m tests.targets.cpp.client"

bench: all $(NODE_PEERS)
	$(BIN)/python benchmarks/run.py

accept: all
	$(BIN)/python -m tests.accept
	$(BIN)/knobsmith generate

lock: $(TOOLS)
	$(PIP) install uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --all-extras pyproject.toml -o requirements.lock

clean:
	rm -rf site build dist .knobsmith .mypy_cache .ruff_cache .pytest_cache .hypothesis

include kernels/gpu.mk
