#pragma once

// Which backend a binding is compiled for: VISION_KERNELS_BACKEND is `cpu`, `cuda` or `emulated`. The preprocessor
// compares numbers only, so each name gets one.
#ifndef VISION_KERNELS_BACKEND
#error "Compile with -DVISION_KERNELS_BACKEND=cpu, cuda or emulated"
#endif

#define VISION_KERNELS_NUMBER_cpu 1
#define VISION_KERNELS_NUMBER_cuda 2
#define VISION_KERNELS_NUMBER_emulated 3
#define VISION_KERNELS_PASTED_AS_WRITTEN(left, right) left##right
// The backend is a macro itself, which has to be expanded first.
#define VISION_KERNELS_PASTED(left, right) VISION_KERNELS_PASTED_AS_WRITTEN(left, right)
#define VISION_KERNELS_NUMBER_OF(backend) VISION_KERNELS_PASTED(VISION_KERNELS_NUMBER_, backend)

#define VISION_KERNELS_ON_CPU (VISION_KERNELS_NUMBER_OF(VISION_KERNELS_BACKEND) == VISION_KERNELS_NUMBER_cpu)
#define VISION_KERNELS_ON_CUDA (VISION_KERNELS_NUMBER_OF(VISION_KERNELS_BACKEND) == VISION_KERNELS_NUMBER_cuda)
#define VISION_KERNELS_ON_EMULATED (VISION_KERNELS_NUMBER_OF(VISION_KERNELS_BACKEND) == VISION_KERNELS_NUMBER_emulated)

#if !VISION_KERNELS_ON_CPU && !VISION_KERNELS_ON_CUDA && !VISION_KERNELS_ON_EMULATED
#error "VISION_KERNELS_BACKEND must be cpu, cuda or emulated"
#endif
