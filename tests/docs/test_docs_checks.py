"""The checks of comments and links fail on broken samples."""

import tempfile
import unittest
from pathlib import Path

import check_docs
import check_documents
import check_errors
import check_links

GOOD = """/** Adds two numbers.
 *  @param sum  receives the sum
 *  @return CAMPAIGN_OK · CAMPAIGN_E_OVERFLOW
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_add(int64_t *sum, int64_t a, int64_t b);
"""


class Comments(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def problems(self, header: str, test: str = "campaign_add(&sum, 1, 2);") -> str:
        path = self.write("include/campaign/sample.h", header)
        self.write("tests/unit/test_sample.c", test)
        return "\n".join(check_docs.all_problems(self.root, [path], {"campaign_add"}))

    def test_whole_comment_passes(self) -> None:
        self.assertEqual(self.problems(GOOD), "")

    def test_each_missing_part_is_reported(self) -> None:
        self.assertIn("@since", self.problems(GOOD.replace("@since 0.1 ", "")))
        self.assertIn("thread rule", self.problems(GOOD.replace("Any thread. ", "")))
        self.assertIn("@return", self.problems(GOOD.replace("@return", "gives")))
        self.assertIn("documents total", self.problems(GOOD.replace("@param sum", "@param total")))
        self.assertIn("has no comment", self.problems(GOOD.replace("/**", "/*")))
        self.assertIn("not declared", self.problems(GOOD.replace("Adds two numbers.", "Adds as campaign_sum.")))

    def test_untested_and_unbound_functions_are_reported(self) -> None:
        self.assertIn("called by no test", self.problems(GOOD, "campaign_subtract(1);"))
        self.write("bindings/python/campaign/__init__.py", "from ._core import subtract\n")
        self.assertIn("not bound in Python", self.problems(GOOD))
        self.write("docs/bindings.md", "- `campaign_add`: Python adds by itself.\n")
        self.assertEqual(self.problems(GOOD), "")

    def test_dead_links_and_headings_are_reported(self) -> None:
        self.write("docs/there.md", "# Title\n\n## Two words\n")
        page = self.write(
            "README.md", "[a](docs/there.md#two-words) [b](https://x.y) [c](docs/no.md) [d](docs/there.md#no)"
        )
        self.assertEqual(len(check_links.page_problems(self.root, page)), 2)


ROW = """<!-- statuses: zh -->

| 值 | 状态码 | 含义 | 何时 | 怎么办 |
|---|---|---|---|---|
| −2 | `CAMPAIGN_E_NOMEM` | 内存不足 | a | b |
"""
TRUTH = [(-2, "CAMPAIGN_E_NOMEM", "内存不足")]


class StatusCodes(unittest.TestCase):
    def test_whole_table_passes(self) -> None:
        self.assertEqual(check_errors.table_problems(ROW, "zh", TRUTH), [])

    def test_each_difference_is_reported(self) -> None:
        for old, new in [("−2", "−3"), ("E_NOMEM", "E_NOMEN"), ("内存不足", "内存"), ("| a |", "| |"), ("| b |", "|")]:
            self.assertEqual(len(check_errors.table_problems(ROW.replace(old, new), "zh", TRUTH)), 1, new)
        self.assertIn("0 codes", check_errors.table_problems(ROW, "en", TRUTH)[0])
        self.assertIn("1 codes", check_errors.table_problems(ROW, "zh", TRUTH * 2)[0])


class Documents(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.texts = {"docs/schema/plan.json": "{}\n", "docs/examples/plan.json": "[]\n"}
        check_documents.write(self.root, self.texts)

    def problems(self) -> list[str]:
        return check_documents.problems_of(self.root, {"plan"}, self.texts)

    def test_what_the_library_writes_passes(self) -> None:
        self.assertEqual(self.problems(), [])

    def test_each_difference_is_reported(self) -> None:
        (self.root / "docs/schema/plan.json").write_text("{ }\n", encoding="utf-8")
        (self.root / "docs/schema/older.json").write_text("{}\n", encoding="utf-8")
        (self.root / "docs/examples/plan.json").unlink()
        self.assertEqual(
            self.problems(),
            [
                "docs/schema/older.json is of no kind",
                "docs/examples/plan.json is missing",
                "docs/examples/plan.json is not what the library writes: run ./dev renew",
                "docs/schema/plan.json is not what the library writes: run ./dev renew",
            ],
        )

    def test_kinds_are_those_the_sources_name(self) -> None:
        (self.root / "kinds.c").write_text('"campaign/plan/1" "campaign/nodes/2" "other/kind/1"', encoding="utf-8")
        self.assertEqual(check_documents.kinds_in(self.root), {"plan", "nodes"})


if __name__ == "__main__":
    unittest.main()
