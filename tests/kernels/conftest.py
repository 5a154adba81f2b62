"""Where the kernels are tried without the rest of the project, their properties are tested as they are within it."""

from tests.support.profiles import choose_profile

choose_profile()
