# Fails if a module calls a function of vision_kernels, or of CUDA's runtime, that no source and no library defines. The
# linker cannot tell: what a module calls of Python is defined when it is loaded.
execute_process(COMMAND ${NM} -D -C --undefined-only ${MODULE} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND readelf -d ${MODULE} OUTPUT_VARIABLE libraries COMMAND_ERROR_IS_FATAL ANY)
set(ours "vision_kernels::")
if(NOT libraries MATCHES "libcudart")
  set(ours "vision_kernels::| U cuda[A-Z]")
endif()
string(REGEX MATCHALL "[^\n]*(${ours})[^\n]*" missing "${symbols}")
if(missing)
  list(JOIN missing "\n" lines)
  message(FATAL_ERROR "every declared function must be defined; ${MODULE} lacks\n${lines}")
endif()
