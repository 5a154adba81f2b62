"""Whether PyTorch can use a GPU here: ``python -m tests.kernels.gpu.query`` names it, or ends with 1 and the reason."""

import sys

import torch


def absence() -> str | None:
    """Why there is no GPU, None if there is one."""
    if torch.cuda.is_available():
        return None
    built = f"PyTorch {torch.__version__}, " + (f"for CUDA {torch.version.cuda}" if torch.version.cuda else "no CUDA")
    return f"a GPU that PyTorch can use is needed; none was found ({built})"


def main() -> int:
    if reason := absence():
        print(reason, file=sys.stderr)
        return 1
    major, minor = torch.cuda.get_device_capability()
    print(f"{torch.cuda.get_device_name()}, compute capability {major}.{minor}, CUDA {torch.version.cuda}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
