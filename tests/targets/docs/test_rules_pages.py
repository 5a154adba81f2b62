"""Laws and targets have pages that say what the compiler says."""

from knobsmith.catalogue import RULES
from knobsmith.targets.base import CONSTRUCTS, SEARCHES, Ending, Fidelity, vocabulary
from knobsmith.targets.docs.rules_pages import Example, fidelity_page, rules_pages
from knobsmith.targets.registry import BUILT_IN, load_target


def test_each_law_has_a_page_and_a_row() -> None:
    pages = {page.path: page.text for page in rules_pages(RULES.values())}
    index = pages.pop("docs/rules/index.md")
    assert [f"docs/rules/{code}.md" for code in RULES] == list(pages)
    assert all(index.count(f"[{code}]({code}.md)") == 1 for code in RULES)
    for code, rule in RULES.items():
        page = pages[f"docs/rules/{code}.md"]
        assert rule.law in page and rule.why in page


def test_examples_are_shown() -> None:
    pages = rules_pages([RULES["KS120"]], {"KS120": Example("bad: 1", "good: ```")})
    page = pages[-1].text
    assert "## Refused\n\n```yaml\nbad: 1\n```" in page and "## Accepted\n\n````yaml\ngood: ```\n````" in page


def test_what_is_only_reported_is_not_called_refused() -> None:
    page = rules_pages([RULES["KS305"]], {"KS305": Example("bad: 1", "good: 2")})[-1].text
    assert "## Reported\n\n```yaml\nbad: 1" in page and "## Not reported\n\n```yaml\ngood: 2" in page
    assert "Refused" not in page


def test_a_page_leads_back_to_all_laws() -> None:
    assert all("\n[All laws](index.md)\n" in page.text for page in rules_pages(RULES.values())[1:])


def test_what_cannot_be_suppressed_says_so() -> None:
    pages = {page.path: page.text for page in rules_pages(RULES.values())}
    assert "| **Can be suppressed** | no |" in pages["docs/rules/KS008.md"]
    assert "ignore KS305 (reason)" in pages["docs/rules/KS305.md"]


def test_every_construct_is_in_the_table_of_targets() -> None:
    targets = [load_target(name) for name in BUILT_IN]
    page = fidelity_page(targets).text
    for about in (*CONSTRUCTS.values(), *SEARCHES.values()):
        assert f"| {about[0].upper()}{about[1:]} |" in page
    for target in targets:
        assert target.fidelity.keys() == vocabulary(target).keys()
        for carried in target.fidelity.values():
            assert carried.fidelity is Fidelity.EXACT or carried.note


def test_the_ends_that_each_tuner_draws_are_shown() -> None:
    targets = [load_target(name) for name in BUILT_IN]
    _, _, ends = fidelity_page(targets).text.partition("### Ends that tuners draw")
    for target in targets:
        if vocabulary(target) is SEARCHES:
            assert isinstance(target, Ending)
            assert f"| `{target.name}` | Integer" in ends
    assert "| `wandb` | Integer | drawn | drawn |" in ends
