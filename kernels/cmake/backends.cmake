# The functions of each backend, as a library of objects: src/cpu/*_isa.cpp once for each instruction set, the other
# src/cpu/*.cpp once; src/cuda/*.cu by nvcc, and as C++ for the emulator.

# Results are the same on every instruction set only if nothing is fused or reordered.
set(VISION_KERNELS_ARITHMETIC -ffp-contract=off -fno-math-errno -fno-trapping-math)
set(VISION_KERNELS_SOURCE ${CMAKE_CURRENT_LIST_DIR}/../src)

function(vision_kernels_warnings target)
  # Vectors are only handed to functions that are inlined, so how they would be passed does not matter.
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wconversion;-Wsign-conversion;-Wshadow;-Wno-psabi>)
  if(VISION_KERNELS_WERROR)
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Werror>
                                             $<$<COMPILE_LANGUAGE:CUDA>:-Werror=all-warnings>)
  endif()
endfunction()

function(vision_kernels_objects target)
  add_library(${target} OBJECT ${ARGN})
  target_include_directories(${target} PUBLIC ${VISION_KERNELS_SOURCE}/../include ${VISION_KERNELS_INCLUDE})
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:${VISION_KERNELS_ARITHMETIC}>)
  vision_kernels_warnings(${target})
  if(VISION_KERNELS_SANITIZE)
    target_compile_options(${target} PUBLIC $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${VISION_KERNELS_SANITIZE};-fno-sanitize-recover=all>)
    target_link_options(${target} PUBLIC -fsanitize=${VISION_KERNELS_SANITIZE})
  endif()
endfunction()

# The loops of the CPU backend, compiled for one instruction set.
function(vision_kernels_isa isa)
  file(GLOB sources CONFIGURE_DEPENDS ${VISION_KERNELS_SOURCE}/cpu/*_isa.cpp)
  vision_kernels_objects(vision_kernels_${isa} ${sources})
  target_compile_definitions(vision_kernels_${isa} PRIVATE VISION_KERNELS_ISA=${isa})
  # A sanitizer asks what is done, not how fast; optimizing what it adds takes minutes.
  if(VISION_KERNELS_SANITIZE)
    target_compile_options(vision_kernels_${isa} PRIVATE -O1 ${ARGN})
  else()
    target_compile_options(vision_kernels_${isa} PRIVATE -O3 ${ARGN})
  endif()
  target_link_libraries(vision_kernels_cpu INTERFACE vision_kernels_${isa} $<TARGET_OBJECTS:vision_kernels_${isa}>)
endfunction()

function(vision_kernels_cpu_backend)
  file(GLOB sources CONFIGURE_DEPENDS ${VISION_KERNELS_SOURCE}/cpu/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_isa[.]cpp$")
  vision_kernels_objects(vision_kernels_common ${sources})
  add_library(vision_kernels_cpu INTERFACE)
  target_link_libraries(vision_kernels_cpu INTERFACE vision_kernels_common $<TARGET_OBJECTS:vision_kernels_common>
                                                     Threads::Threads)
  vision_kernels_isa(baseline)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    vision_kernels_isa(avx2 -mavx2 -mf16c)
    vision_kernels_isa(avx512 -mavx2 -mf16c -mavx512f -mavx512bw -mavx512dq -mavx512vl -mprefer-vector-width=512)
  endif()
endfunction()

# Sets VISION_KERNELS_WITH_CUDA. The compiler is that of CUDACXX, else that of CUDA_HOME, else one on the path, else that
# of /usr/local/cuda, which CMake does not look for by itself.
macro(vision_kernels_find_cuda)
  set(VISION_KERNELS_WITH_CUDA OFF)
  if(NOT VISION_KERNELS_CUDA STREQUAL "OFF")
    if(NOT DEFINED ENV{CUDACXX})
      find_program(VISION_KERNELS_NVCC nvcc PATHS /usr/local/cuda/bin HINTS "$ENV{CUDA_HOME}/bin" NO_CACHE)
      if(VISION_KERNELS_NVCC)
        set(ENV{CUDACXX} "${VISION_KERNELS_NVCC}")
      endif()
    endif()
    include(CheckLanguage)
    check_language(CUDA)
    if(CMAKE_CUDA_COMPILER)
      set(VISION_KERNELS_WITH_CUDA ON)
    elseif(NOT VISION_KERNELS_CUDA STREQUAL "AUTO")
      message(FATAL_ERROR "VISION_KERNELS_CUDA=${VISION_KERNELS_CUDA} needs a CUDA compiler; none was found: "
                          "set CUDACXX or CUDA_HOME, or leave VISION_KERNELS_CUDA at AUTO")
    endif()
  endif()
  message(STATUS "CUDA backend: ${VISION_KERNELS_WITH_CUDA}")
endmacro()

macro(vision_kernels_cuda_backend)
  # Before the language is enabled, else CMake chooses. PTX serves the GPUs to come.
  if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
    set(CMAKE_CUDA_ARCHITECTURES 80-real 90-real 100)
    set(chosen ON)
  endif()
  enable_language(CUDA)
  if(chosen AND CMAKE_CUDA_COMPILER_VERSION VERSION_LESS 12.8)
    set(CMAKE_CUDA_ARCHITECTURES 80-real 90)
  endif()
  set(CMAKE_CUDA_STANDARD 17)
  set(CMAKE_CUDA_STANDARD_REQUIRED ON)
  set(CMAKE_CUDA_VISIBILITY_PRESET hidden)
  file(GLOB sources CONFIGURE_DEPENDS ${VISION_KERNELS_SOURCE}/cuda/*.cu)
  vision_kernels_objects(vision_kernels_device ${sources})
  target_compile_definitions(vision_kernels_device PRIVATE VISION_KERNELS_BACKEND=cuda)
  target_compile_options(vision_kernels_device PRIVATE $<$<COMPILE_LANGUAGE:CUDA>:--fmad=false>)
  # The linker is that of C++, which knows nothing of CUDA's runtime. Static where it can be: nothing to find at run time.
  find_package(CUDAToolkit REQUIRED)
  add_library(vision_kernels_cuda INTERFACE)
  target_link_libraries(vision_kernels_cuda INTERFACE vision_kernels_device $<TARGET_OBJECTS:vision_kernels_device>
    $<IF:$<TARGET_EXISTS:CUDA::cudart_static>,CUDA::cudart_static,CUDA::cudart>)
endmacro()

# The sources of the CUDA backend, as C++. Each is included by a file of its own, as CMake gives a file one language.
function(vision_kernels_emulated_backend)
  file(GLOB kernels CONFIGURE_DEPENDS ${VISION_KERNELS_SOURCE}/cuda/*.cu)
  set(sources)
  foreach(kernel ${kernels})
    get_filename_component(name ${kernel} NAME_WE)
    set(copy ${CMAKE_CURRENT_BINARY_DIR}/emulated/${name}.cpp)
    file(CONFIGURE OUTPUT ${copy} CONTENT "#include \"${kernel}\"\n")
    list(APPEND sources ${copy})
  endforeach()
  vision_kernels_objects(vision_kernels_emulator ${sources})
  target_compile_definitions(vision_kernels_emulator PRIVATE VISION_KERNELS_BACKEND=emulated)
  target_compile_options(vision_kernels_emulator PRIVATE -O1)
  add_library(vision_kernels_emulated INTERFACE)
  target_link_libraries(vision_kernels_emulated INTERFACE vision_kernels_emulator $<TARGET_OBJECTS:vision_kernels_emulator>)
endfunction()
