"""What a scalar of a kernel may be, in plain English."""

from knobsmith.model.domain import Domain
from knobsmith.records import replace
from knobsmith.resolve.kernel_precision import is_any_single
from knobsmith.views.wording import domain_in_words

_ANY_SINGLE = "any number that is finite in single precision"


def valid_in_words(domain: Domain) -> str:
    """As `domain_in_words`, without the digits of the largest number that single precision has."""
    if is_any_single(domain):
        return _ANY_SINGLE
    if domain.items is not None and is_any_single(domain.items):
        plain = domain_in_words(replace(domain, items=Domain(kind="number")))
        return f"{plain}; each finite in single precision"
    return domain_in_words(domain)
