"""What can go wrong outside a computation."""


class BackendMissingError(ImportError):
    """The compiled module for a device, or one that was asked for by name, is not part of this installation."""


class UnknownFunctionError(LookupError):
    """No kernel function has the name that was given."""
