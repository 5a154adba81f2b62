# What only a GPU can prove: built with the machine's own Python, PyTorch, nanobind, scikit-build-core, CMake and nvcc,
# without a network. Each target is under nine minutes.
#   make gpu-test      recorded cases and checks on the GPU
#   make gpu-sanitize  a part of them under compute-sanitizer, if there is one
#   make gpu-bench     times, into benchmarks/results/<gpu>.json
#   make gpu           all of it
GPU_PYTHON ?= python3
GPU_BUILD := build/gpu
GPU_RUN = PYTHONPATH=$(CURDIR)/$(GPU_BUILD):$(CURDIR) $(GPU_PYTHON)
GPU_CASES := tests/data/kernels
SANITIZER := $(firstword $(shell command -v compute-sanitizer) $(wildcard /usr/local/cuda/bin/compute-sanitizer))

.PHONY: gpu gpu-test gpu-sanitize gpu-bench
gpu: gpu-test gpu-sanitize gpu-bench

$(GPU_BUILD)/.built: $(KERNELS_SOURCES)
	$(GPU_PYTHON) -m pip --disable-pip-version-check -q install --no-index --no-deps --no-build-isolation --upgrade \
		--target $(GPU_BUILD) -C cmake.define.VISION_KERNELS_CUDA=ON \
		-C cmake.define.CMAKE_CUDA_ARCHITECTURES=native -C build-dir=build/gpu-objects ./kernels
	@touch $@

gpu-test: $(GPU_BUILD)/.built
	$(GPU_RUN) -m vision_kernels.replay $(GPU_CASES) --backend cuda
	$(GPU_RUN) -m tests.kernels.gpu.on_gpu

# Memory and races, on what is quick: the sanitizer slows everything down a hundredfold.
SANITIZED := Places.test_views_away_from_any_alignment_are_read_and_nothing_beside_is_written \
	Updates.test_half_precision_with_masters_gives_what_the_cpu_gives
SANITIZE = timeout 240 $(SANITIZER) --error-exitcode 9 --tool
gpu-sanitize: export PYTHONPATH := $(CURDIR)/$(GPU_BUILD):$(CURDIR)
gpu-sanitize: $(GPU_BUILD)/.built
ifeq ($(SANITIZER),)
	@echo "gpu-sanitize: this machine has no compute-sanitizer; nothing was checked"
else
	$(SANITIZE) memcheck $(GPU_PYTHON) -m tests.kernels.gpu.on_gpu $(SANITIZED)
	$(SANITIZE) racecheck $(GPU_PYTHON) -m tests.kernels.gpu.on_gpu $(SANITIZED)
endif

gpu-bench: $(GPU_BUILD)/.built
	$(GPU_RUN) -m benchmarks.kernels.on_gpu
