# Fails if a module calls a function of vision_kernels that no source defines. The linker cannot tell: what a module
# calls of Python is defined when it is loaded.
execute_process(COMMAND ${NM} -D -C --undefined-only ${MODULE} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]*vision_kernels::[^\n]*" missing "${symbols}")
if(missing)
  list(JOIN missing "\n" lines)
  message(FATAL_ERROR "every declared function must be defined; ${MODULE} lacks\n${lines}")
endif()
