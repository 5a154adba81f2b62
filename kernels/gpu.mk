# What only a GPU can prove: built with the machine's own Python, PyTorch, nanobind, scikit-build-core, CMake and nvcc,
# without a network. Each target is under nine minutes.
#   make gpu-test      recorded cases and checks on the GPU
#   make gpu-bench     times, into benchmarks/results/<gpu>.json
#   make gpu-sanitize  small calls of every kernel under the tools of compute-sanitizer, if there is one
#   make gpu           all of it
#   make gpu-rehearse  the same commands without a GPU, as far as a processor can run them
GPU_PYTHON ?= python3
GPU_BUILD := build/gpu
GPU_CASES := tests/data/kernels
# What the caller has on the path stays there: a missing package may have been brought along.
GPU_PATH := $(CURDIR)/$(GPU_BUILD):$(CURDIR)$(addprefix :,$(PYTHONPATH))
GPU_RUN = PYTHONPATH=$(GPU_PATH) $(GPU_PYTHON)
GPU_ARCHITECTURES ?= native
# More for pip: `-C cmake.define.VISION_KERNELS_EMULATED=ON` lets the emulator take part in a rehearsal.
GPU_OPTIONS ?=
SANITIZER := $(firstword $(shell command -v compute-sanitizer) $(wildcard /usr/local/cuda/bin/compute-sanitizer))

.PHONY: gpu gpu-tools gpu-query gpu-test gpu-sanitize gpu-bench gpu-rehearse
gpu: gpu-test gpu-bench gpu-sanitize

# What is missing is better known before minutes of compilation.
gpu-tools:
	@$(GPU_RUN) -m tests.kernels.gpu.tools

gpu-query: $(GPU_BUILD)/.built
	@$(GPU_RUN) -m tests.kernels.gpu.query

$(GPU_BUILD)/.built: $(KERNELS_SOURCES) | gpu-tools
	CMAKE_BUILD_PARALLEL_LEVEL=$$(nproc) $(GPU_PYTHON) -m pip --disable-pip-version-check -q install --no-index \
		--no-deps --no-build-isolation --upgrade --target $(GPU_BUILD) -C cmake.define.VISION_KERNELS_CUDA=ON \
		-C cmake.define.CMAKE_CUDA_ARCHITECTURES=$(GPU_ARCHITECTURES) -C build-dir=../build/gpu-objects $(GPU_OPTIONS) ./kernels
	@touch $@

gpu-test: gpu-query
	$(GPU_RUN) -m vision_kernels.replay $(GPU_CASES) --backend cuda
	$(GPU_RUN) -m tests.kernels.gpu.on_gpu

gpu-bench: gpu-query
	$(GPU_RUN) -m benchmarks.kernels.on_gpu

# Memory, races, barriers and what is read before it is written, on what is quick: a sanitizer slows everything down a
# hundredfold. No kernel of PyTorch runs in small calls, which the other tools would judge as well.
SMALL_CALLS := SmallCalls.test_every_function_gives_what_the_cpu_gives
SANITIZED := $(SMALL_CALLS) Places.test_views_away_from_any_alignment_are_read_and_nothing_beside_is_written \
	Updates.test_half_precision_with_masters_gives_what_the_cpu_gives
SANITIZE = PYTHONPATH=$(GPU_PATH) timeout 130 $(SANITIZER) --error-exitcode 9 --tool
gpu-sanitize: gpu-query
ifeq ($(SANITIZER),)
	@echo "gpu-sanitize: this machine has no compute-sanitizer; nothing was checked"
else
	$(SANITIZE) memcheck $(GPU_PYTHON) -m tests.kernels.gpu.on_gpu $(SANITIZED)
	$(SANITIZE) racecheck $(GPU_PYTHON) -m tests.kernels.gpu.on_gpu $(SMALL_CALLS)
	$(SANITIZE) synccheck $(GPU_PYTHON) -m tests.kernels.gpu.on_gpu $(SMALL_CALLS)
	$(SANITIZE) initcheck $(GPU_PYTHON) -m tests.kernels.gpu.on_gpu $(SMALL_CALLS)
endif

gpu-rehearse: $(GPU_BUILD)/.built
	$(GPU_RUN) -m vision_kernels.replay $(GPU_CASES)
	$(GPU_RUN) -m tests.kernels.gpu.on_gpu --rehearse
	$(GPU_RUN) -m tests.kernels.gpu.on_gpu --rehearse $(SANITIZED)
	$(GPU_RUN) -m benchmarks.kernels.on_gpu --rehearse $(GPU_BUILD)/rehearsed.json
