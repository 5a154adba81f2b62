"""`python -m vision_kernels.replay`."""

import sys

from vision_kernels.replay.command import main

if __name__ == "__main__":
    sys.exit(main())
