"""``knobsmith generate``: write, check, diff, and what is said of it."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.command import Command, spawn
from tests.support.sample import break_default, edit, make_sample, tree, warn

STALE = "generated/ is not what the specs say; run `knobsmith generate`:\n"


def test_it_writes_then_finds_nothing_to_do(run: Command, project: Path) -> None:
    count = len(tree_after(run, project))
    assert run("generate") == (0, f"generated/ is up to date ({count} files)\n", "")
    assert run("generate", "--check") == (0, f"generated/ is up to date ({count} files)\n", "")


def test_it_counts_what_is_new_changed_and_removed(run: Command, project: Path) -> None:
    files = tree_after(run, project)
    (project / "spec" / "algorithms" / "tiny.yaml").rename(project / "spec" / "algorithms" / "small.yaml")
    edit(project, "algorithm: tiny", "algorithm: small", "spec/algorithms/small.yaml")
    code, out, err = run("generate")
    gone = sum("tiny" in path for path in files)
    assert (code, out, err) == (0, f"generated/: {gone} new, 2 changed, {gone} removed\n", "")


def test_an_error_leaves_the_generated_folder_alone(run: Command, project: Path) -> None:
    before = tree_after(run, project)
    break_default(project)
    for options in ([], ["--check"], ["--diff"]):
        code, out, err = run("generate", *options)
        assert code == 1
        assert " error KS101: " in out
        assert err == "1 error; generated/ is untouched\n"
    assert tree(project / "generated") == before


def test_check_lists_what_is_stale_and_writes_nothing(run: Command, project: Path) -> None:
    code, out, _ = run("generate", "--check")
    assert code == 1
    assert out.startswith(STALE + "  missing catalog.json\n")
    assert not (project / "generated").exists()

    files = tree_after(run, project)
    (project / "generated" / "catalog.json").unlink()
    (project / "generated" / "catalog" / "tiny.json").write_text("edited\n", encoding="utf-8")
    before = tree(project / "generated")
    code, out, _ = run("generate", "--check")
    assert (code, out) == (1, f"{STALE}  missing catalog.json\n  differs catalog/tiny.json\n")
    assert tree(project / "generated") == before != files


def test_check_names_what_is_left_over(run: Command, project: Path) -> None:
    tree_after(run, project)
    edit(project, "  jsonschema: {}\n", "", "spec/knobsmith.yaml")
    code, out, _ = run("generate", "--check")
    assert code == 1
    assert "  left over jsonschema/tiny.schema.json\n" in out
    assert "  differs manifest.json\n" in out


def test_staleness_is_a_finding_for_programs(run: Command, project: Path) -> None:
    tree_after(run, project)
    (project / "generated" / "catalog.json").unlink()
    code, out, err = run("generate", "--check", "--format", "json")
    (found,) = json.loads(out)
    assert (code, err) == (1, "")
    assert (found["code"], found["file"], found["line"]) == ("KS405", "generated/catalog.json", 1)
    code, out, _ = run("generate", "--check", "--format", "github")
    assert code == 1
    assert out.startswith("::error file=generated/catalog.json,line=1,")


def test_programs_get_findings_and_nothing_else(run: Command, project: Path) -> None:
    warn(project)
    code, out, err = run("generate", "--format", "json")
    assert (code, err) == (0, "")
    assert [found["code"] for found in json.loads(out)] == ["KS132"]


def test_diff_is_a_patch_that_git_applies(run: Command, project: Path) -> None:
    before = tree_after(run, project)
    edit(project, "Fits a line.", "Fits a line;\\u00a0really.")
    edit(project, "  jsonschema: {}\n", "", "spec/knobsmith.yaml")
    code, patch, err = run("generate", "--diff")
    assert (code, err) == (0, "")
    assert tree(project / "generated") == before
    subprocess.run(["git", "apply", "-p1"], cwd=project, input=patch.encode(), check=True)
    patched = tree(project / "generated")
    run("generate")
    assert patched == tree(project / "generated") != before


def test_diff_from_nothing_is_a_patch_too(run: Command, project: Path) -> None:
    patch = run("generate", "--diff").out
    assert not (project / "generated").exists()
    subprocess.run(["git", "apply", "-p1"], cwd=project, input=patch.encode(), check=True)
    assert run("generate", "--check").code == 0


def test_diff_of_an_up_to_date_folder_is_empty(run: Command, project: Path) -> None:
    tree_after(run, project)
    assert run("generate", "--diff") == (0, "", "")


def test_diff_keeps_warnings_out_of_the_patch(run: Command, project: Path) -> None:
    tree_after(run, project)
    warn(project)
    code, out, err = run("generate", "--diff")
    assert code == 0
    assert out.startswith("diff --git ")
    assert " warning KS132: " in err


def test_one_target_leaves_the_others_as_they_are(run: Command, project: Path) -> None:
    before = tree_after(run, project)
    edit(project, "Fits a line.", "Fits a plane.")
    assert run("generate", "--target", "catalog").out == "generated/: 2 changed\n"
    after = tree(project / "generated")
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {"catalog/tiny.json", "manifest.json"}
    assert run("generate", "--check", "--target", "catalog").code == 0
    assert run("generate", "--check", "--target", "jsonschema").code == 1
    run("generate", "--target", "jsonschema", "--target", "catalog")
    assert run("generate", "--check").code == 0


def test_one_target_keeps_files_of_a_target_that_the_project_dropped(run: Command, project: Path) -> None:
    tree_after(run, project)
    edit(project, "  jsonschema: {}\n", "", "spec/knobsmith.yaml")
    assert run("generate", "--target", "catalog").code == 0
    assert (project / "generated" / "jsonschema" / "tiny.schema.json").exists()
    run("generate")
    assert not (project / "generated" / "jsonschema").exists()


def test_an_unknown_target_is_wrong_usage(run: Command, project: Path) -> None:
    code, out, err = run("generate", "--target", "jsonscheme")
    assert (code, out) == (2, "")
    assert err == "knobsmith: no target `jsonscheme`; did you mean `jsonschema`? There are also: `catalog`\n"


def test_what_targets_lose_is_counted_for_people_and_listed_for_programs(run: Command, project: Path) -> None:
    edit(project, "severity: {KS402: off, KS401: off}\n", "", "spec/knobsmith.yaml")
    found = json.loads(run("generate", "--format", "json").out)
    assert {one["code"] for one in found} == {"KS401", "KS402"}
    assert {(one["file"], one["line"], one["column"]) for one in found} == {("spec/knobsmith.yaml", 6, 3)}
    assert any("tuning" in one["message"] for one in found)
    again = run("generate").out
    assert again.endswith(f"\n{len(found)} notes, shown by `knobsmith generate --notes`\n")


@pytest.mark.parametrize("mode", [[], ["--check"], ["--diff"]])
def test_notes_are_shown_to_people_who_ask_for_them(mode: list[str], run: Command, project: Path) -> None:
    edit(project, "severity: {KS402: off, KS401: off}\n", "", "spec/knobsmith.yaml")
    run("generate")
    notes = json.loads(run("generate", "--format", "json").out)
    code, out, err = run("generate", "--notes", *mode)
    assert code == 0
    assert (out + err).count(" info KS40") == len(notes) > 0
    assert "notes, shown" not in out + err
    assert notes[0]["message"] in out + err


def test_a_folder_in_the_place_of_a_file_is_called_so(run: Command, project: Path) -> None:
    run("generate")
    (project / "generated" / "catalog.json").unlink()
    (project / "generated" / "catalog.json").mkdir()
    (project / "generated" / "catalog.json" / "mine").touch()
    stale = "generated/ is not what the specs say; run `knobsmith generate`:\n  a folder catalog.json\n"
    assert run("generate", "--check") == (1, stale, "")
    (found,) = json.loads(run("generate", "--check", "--format", "json").out)
    assert found["fact"] == "a folder stands in the place of this file"
    code, out, err = run("generate")
    assert (code, out) == (1, "")
    assert err.endswith("generated/catalog.json: a folder with files that are not ours is in the way: move it away\n")
    assert (project / "generated" / "catalog.json" / "mine").exists()


@pytest.mark.parametrize("mode", [[], ["--check"], ["--diff"]])
def test_a_generated_folder_that_is_none_is_called_so(mode: list[str], run: Command, project: Path) -> None:
    place = project / "generated"
    place.symlink_to("nowhere")
    code, out, err = run("generate", *mode)
    assert (code, out) == (1, "")
    assert err.endswith("/generated: it is a link that leads nowhere: remove it, or make what it leads to\n")
    place.unlink()
    place.touch()
    code, out, err = run("generate", *mode)
    assert (code, out) == (1, "")
    assert err.endswith("/generated: it is a file where the generated folder belongs: remove it\n")
    place.unlink()
    (project / "elsewhere").mkdir()
    place.symlink_to(project / "elsewhere")
    assert run("generate").code == 0


def test_a_project_may_insist_that_nothing_is_lost(run: Command, project: Path) -> None:
    edit(project, "{KS402: off, KS401: off}", "{KS402: error, KS401: off}", "spec/knobsmith.yaml")
    code, out, _ = run("generate")
    assert code == 1
    assert "spec/knobsmith.yaml:6:3 error KS402: " in out
    assert not (project / "generated").exists()


def test_a_loss_that_is_accepted_is_suppressed_where_the_target_is_named(run: Command, project: Path) -> None:
    edit(project, "{KS402: off, KS401: off}", "{KS402: warning, KS401: off}", "spec/knobsmith.yaml")
    text = "  jsonschema: {} # knobsmith: ignore KS402 (tuning has its own files)\n"
    edit(project, "  jsonschema: {}\n", text, "spec/knobsmith.yaml")
    code, out, _ = run("generate")
    assert code == 0
    assert out.startswith("generated/: ")
    assert run("check").out == ""


def test_a_deleted_folder_comes_back_byte_for_byte(run: Command, project: Path) -> None:
    before = tree_after(run, project)
    subprocess.run(["rm", "-r", "generated"], cwd=project, check=True)
    assert tree_after(run, project) == before


def test_what_git_may_ignore_says_so_itself(run: Command, project: Path) -> None:
    tree_after(run, project)
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    status = subprocess.run(["git", "status", "--short"], cwd=project, check=True, capture_output=True, text=True)
    assert status.stdout.split() == ["??", "generated/", "??", "spec/"]


@pytest.mark.parametrize("name", ["spaces in it", "émigré", "-dash", "sp'quote\"s"])
def test_the_path_of_a_project_may_be_odd(name: str, tmp_path: Path) -> None:
    project = make_sample(tmp_path / name)
    assert spawn("generate", cwd=project).code == 0
    assert spawn("generate", "--check", cwd=project).code == 0


def tree_after(run: Command, project: Path) -> dict[str, bytes]:
    """What is generated, after it is."""
    code, out, err = run("generate")
    assert (code, err) == (0, ""), out
    return tree(project / "generated")
