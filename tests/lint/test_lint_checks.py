"""The measures of style are taken rightly, and the scripts that add up results count every failure."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import check_style

COUNT = Path(__file__).parent.parent / "tools/count_tests.py"
GOOD = """/* Adds. */
static const char *const names[] = { "a" };
static const int table[2] = { 1, 2 };

int add(int a, int b)
{
    return a + b;
}
"""


class Style(unittest.TestCase):
    def found(self, text: str) -> str:
        return "\n".join(check_style.file_problems("a.c", text))

    def test_good_file_passes(self) -> None:
        self.assertEqual(self.found(GOOD), "")

    def test_each_measure_is_taken(self) -> None:
        self.assertIn("61 lines", self.found(GOOD.replace("    return a + b;\n", "    a += b;\n" * 61)))
        self.assertIn(
            "7 parameters", self.found(GOOD.replace("int a, int b", "int a, int b, int c, int d, int e, int f, int g"))
        )
        self.assertIn("401 lines", self.found(GOOD + "\n" * (401 - GOOD.count("\n"))))
        self.assertIn("purpose comment", self.found(GOOD.removeprefix("/* Adds. */\n")))
        self.assertIn("locale", self.found(GOOD + 'int n = print("%d %% %5.2f", 1, 2);\n'))
        self.assertNotIn("locale", self.found(GOOD + 'int n = print("15%% of %d, %%e", 1);\n'))
        self.assertIn("TODO", self.found(GOOD + "/* TODO */\n"))

    def test_static_variables_are_seen(self) -> None:
        for line in (
            "static int counter;",
            "static const char *name = 0;",
            "    static int n = 3;",
            "static int a[3];",
        ):
            self.assertIn("static variable", self.found(GOOD + line + "\n"), line)


class Counting(unittest.TestCase):
    def run_on(self, **files: str) -> tuple[str, int]:
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, text in files.items():
                path = Path(folder) / name.replace("_", ".")
                path.write_text(text, encoding="utf-8")
                paths.append(str(path))
            result = subprocess.run([sys.executable, str(COUNT), *paths], capture_output=True, text=True)
        return result.stdout.splitlines()[-1], result.returncode

    def test_all_kinds_add_up(self) -> None:
        meson = (
            '{"name": "a", "result": "OK"}\n{"name": "b", "result": "SKIP"}\n{"name": "c", "result": "EXPECTEDFAIL"}\n'
        )
        junit = '<testsuite><testcase name="x"/><testcase name="y"><skipped/></testcase></testsuite>'
        self.assertEqual(self.run_on(a_json=meson, b_xml=junit, c_txt="pass p\n"), ("4 passed, 0 failed", 0))

    def test_every_kind_of_failure_counts(self) -> None:
        meson = '{"name": "a", "result": "OK"}\n{"name": "b", "result": "TIMEOUT"}\n'
        junit = '<testsuite><testcase name="x"><failure/></testcase><testcase name="y"><error/></testcase></testsuite>'
        self.assertEqual(self.run_on(a_json=meson, b_xml=junit, c_txt="fail p\n"), ("1 passed, 4 failed", 1))

    def test_nothing_run_is_no_success(self) -> None:
        self.assertEqual(self.run_on(a_json=""), ("0 passed, 0 failed", 1))
        result = subprocess.run([sys.executable, str(COUNT), "/nowhere.json"], capture_output=True, text=True)
        self.assertEqual((result.stdout.splitlines()[-1], result.returncode), ("0 passed, 1 failed", 1))


if __name__ == "__main__":
    unittest.main()
