"""The optimizers, losses and schedules of the training algorithms, exactly as their frameworks compute them.

Each function takes arrays of NumPy, PyTorch, CuPy or JAX, in host memory or on a GPU, and says what it needs before it
writes anything.
"""
