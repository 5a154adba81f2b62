// Checks that count. A program ends with `return checking::done();`.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace checking {

inline int made = 0;
inline int failed = 0;

inline void check(bool holds, const char* what, const char* file, int line) {
    ++made;
    if (holds) return;
    if (++failed <= 20) std::fprintf(stderr, "%s:%d: %s\n", file, line, what);
}

/// The exit code: 0 if all checks hold, and there were any.
inline int done() {
    std::printf("%d checks, %d failed\n", made, failed);
    return made > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace checking

#define CHECK(condition) ::checking::check((condition), #condition, __FILE__, __LINE__)
