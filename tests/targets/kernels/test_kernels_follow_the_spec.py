"""An edit of the YAML reaches every place without a hand: messages, behaviour, bindings, dispatch."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from knobsmith.model.catalog import Catalog
from knobsmith.records import replace
from knobsmith.targets.kernels import TARGET

from tests.support.compile import IllegalSpecError, catalog_of
from tests.targets.kernels.building import CompileError, built, compiled, fixture, load, package, rendered, spec

_STUB = (Path(__file__).parent / "stub.cpp").read_text(encoding="utf-8")
_DISPATCH = """\
#include "vision_kernels/dispatch.hpp"
struct Name {
    template <class Function>
    const char* operator()(Function) const { return Function::name; }
};
using Value = vision_kernels::dispatch::TinyStepValue;
const char* name_of(Value value) { return vision_kernels::dispatch::tiny_step(value, Name()); }
"""


def steps(*edits: tuple[str, str]) -> str:
    """The kernels file of the fixture, edited."""
    return _edited("kernels/steps.yaml", edits)


def tiny(*edits: tuple[str, str]) -> str:
    """The algorithm of the fixture, edited."""
    return _edited("tiny.yaml", edits)


def _edited(name: str, edits: tuple[tuple[str, str], ...]) -> str:
    text = spec(name)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


def test_an_edited_range_changes_the_message_and_what_is_refused() -> None:
    catalog = fixture(tiny=tiny(('range: "(0, 1]"', 'range: "[0.5, 2)"')))
    cpu = load(built(catalog))
    weight = np.ones(3, np.float32)
    cpu.descent_step([weight], [np.ones(3, np.float32)], rate=1.5)
    assert weight.tolist() == [-0.5] * 3
    with pytest.raises(ValueError) as caught:
        cpu.descent_step([weight], [np.ones(3, np.float32)], rate=0.25)
    assert str(caught.value) == "descent_step: rate must lie in [0.5, 2) (hyperparameter tiny/rate); it is 0.25"


_HALVING = """\
  halve_step:
    doc: Halves the weights.
    backends: [cpu]
    tensors:
      weight: {access: inout, dtype: float32, shape: any, many: true, doc: The weights.}
      gradient: {access: in, dtype: weight, shape: weight, many: true, doc: The gradient.}

dispatch:
"""
_HALVED = """
namespace vision_kernels::cpu {
void halve_step(const HalveStep&, const HalveStepTensors* tensors, std::size_t count, const Context&) {
    for (std::size_t index = 0; index < count; ++index) {
        for (std::int64_t at = 0; at < tensors[index].size; ++at) tensors[index].weight[at] /= 2;
    }
}
}
"""


def test_an_added_optimizer_is_bound_and_dispatched_without_a_hand(tmp_path: Path) -> None:
    catalog = fixture(
        tiny=tiny(("sign: Descent by", "halve: Halving., sign: Descent by")),
        steps=steps(("dispatch:\n", _HALVING), ("sign: sign_step", "sign: sign_step, halve: halve_step")),
    )
    module = built(catalog, _STUB + _HALVED)
    code = (
        "import numpy as np\n"
        "from vision_kernels._dispatch import tiny_step\n"
        "weight = np.full(2, 8, np.float32)\n"
        "tiny_step('halve')([weight], [np.ones(2, np.float32)])\n"
        "print(weight.tolist(), tiny_step('sign').__name__)\n"
    )
    assert python(code, package(module, catalog, tmp_path)) == "[4.0, 4.0] sign_step\n"


def test_a_value_without_a_function_is_found_by_the_compiler_of_specs() -> None:
    with pytest.raises(IllegalSpecError, match="KS151.*`halve` of `tiny/optimizer` has none"):
        fixture(tiny=tiny(("sign: Descent by", "halve: Halving., sign: Descent by")))


def test_a_value_without_a_case_is_found_by_the_compiler_of_cpp(tmp_path: Path) -> None:
    files = rendered(fixture())
    compiled(_DISPATCH, files, tmp_path / "whole")
    header = "kernels/include/vision_kernels/dispatch.hpp"
    lines = files[header].splitlines(keepends=True)
    files[header] = "".join(line for line in lines if "case TinyStepValue::sign:" not in line)
    with pytest.raises(CompileError, match="enumeration value .*sign.* not handled in switch"):
        compiled(_DISPATCH, files, tmp_path / "lacking")


def test_a_function_that_nobody_wrote_fails_the_build() -> None:
    catalog = fixture(steps=steps(("dispatch:\n", _HALVING)))
    with pytest.raises(CompileError, match="undefined: .*vision_kernels::cpu::halve_step"):
        built(catalog)


def test_a_variant_that_nobody_instantiated_fails_the_build() -> None:
    with pytest.raises(CompileError, match="undefined: .*vision_kernels::cpu::pool<"):
        built(fixture(steps=steps(("dtype: [float32, int64]", "dtype: [float32, int64, float64]"))))


def test_an_argument_of_another_type_fails_the_build() -> None:
    edited = steps(("rate: {use: tiny/rate}", "rate: {type: string, values: [fast, slow], doc: How fast.}"))
    with pytest.raises(CompileError, match="rate"):
        built(fixture(steps=edited.replace("require: rate <= 0.9", "require: scale <= 0.9")))


def with_targets(*names: str) -> Catalog:
    """The fixture as part of a project with these targets."""
    catalog = fixture()
    return replace(catalog, project=replace(catalog.project, targets=tuple((name, {}) for name in names)))


def test_a_dispatch_uses_the_enumeration_of_the_cpp_client_where_there_is_one() -> None:
    text = rendered(with_targets("cpp", "kernels"))["kernels/include/vision_kernels/dispatch.hpp"]
    assert '#include "cases/tiny.hpp"' in text
    assert "case cases::tiny::Optimizer::descent: return" in text
    assert "enum class" not in text


def test_a_page_leads_to_hyperparameters_where_they_have_pages() -> None:
    link = "[`tiny/rate`](../algorithms/tiny.md#rate)"
    assert link in rendered(with_targets("docs", "kernels"))["docs/kernels/steps.md"]
    page = rendered(with_targets("kernels"))["docs/kernels/steps.md"]
    assert "| `tiny/rate` |" in page and link not in page


def test_nothing_is_generated_for_a_project_without_kernels() -> None:
    assert list(TARGET.render(catalog_of({"tiny.yaml": spec("tiny.yaml").encode()}), {})) == []


def test_the_package_is_called_as_the_project_says() -> None:
    files = rendered(fixture("tiny-ops"))
    assert "kernels/include/tiny_ops/functions/steps.hpp" in files
    assert not [path for path, text in files.items() if "vision" in path or "vision" in text.lower()]


def test_the_name_of_the_package_follows_from_that_of_the_project() -> None:
    catalog = catalog_of({"tiny.yaml": spec("tiny.yaml").encode()})
    assert catalog.project.packages.kernels == "cases_kernels"


def python(code: str, folder: Path) -> str:
    """What a program prints that imports the package from a folder."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_result_is_made_in_host_memory_where_no_array_tells_on_which_device() -> None:
    filling = """\
  fill:
    doc: Fills an array.
    backends: [cpu]
    tensors:
      made: {access: out, dtype: float32, shape: [3], doc: What is filled.}

dispatch:
"""
    files = rendered(fixture(steps=steps(("dispatch:\n", filling))))
    text = files["kernels/python/vision_kernels/_functions.py"]
    assert 'place = arrays.place_of_result("fill", "made", made)' in text
    assert "made if it is not given, in host memory." in text
