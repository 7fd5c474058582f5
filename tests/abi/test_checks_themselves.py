"""Each check fails on a broken sample: a check that cannot fail proves nothing."""

import subprocess
import tempfile
import unittest
from pathlib import Path

import check_constants
import check_headers
import check_includes
import check_layout
import check_objects
import check_symbols
import layout_text
import public_api
import renew

GOOD_HEADER = """#include <stdint.h>
#ifndef CAMPAIGN_API
#define CAMPAIGN_API
#endif
#ifndef SAMPLE_H
#define SAMPLE_H
/** Adds. Any thread. @since 0.1 */
CAMPAIGN_API int32_t campaign_add(int32_t a,
                                  int32_t (*callback)(void *ctx));
/** Names. */
enum { CAMPAIGN_ONE = 1, CAMPAIGN_TWO = 2 };
typedef struct campaign_knobs { uint32_t size; int32_t n[2], m; int64_t (*f)(int a, int b); void *ctx; } campaign_knobs;
#define CAMPAIGN_KNOBS_INIT { (uint32_t)sizeof(campaign_knobs), { 0, 0 }, 0, NULL, NULL }
#endif
"""


class Sample(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, header: str) -> public_api.Api:
        return public_api.read_api([self.write("include/campaign/sample.h", header)])

    def compile(self, text: str, *flags: str) -> Path:
        source = self.write("sample.c", text)
        target = self.root / "sample.o"
        subprocess.run(["cc", *flags, "-o", target, source], check=True)
        return target


class HeaderReading(Sample):
    def test_sample_is_read_whole(self) -> None:
        api = self.read(GOOD_HEADER)
        self.assertEqual(list(api.functions), ["campaign_add"])
        self.assertIn("@since 0.1", api.functions["campaign_add"].comment)
        self.assertEqual(api.constants, {"CAMPAIGN_ONE": "1", "CAMPAIGN_TWO": "2"})
        self.assertEqual(api.structs["campaign_knobs"].fields, ["size", "n", "m", "f", "ctx"])
        self.assertEqual(api.problems, [])

    def test_function_without_export_mark_is_reported(self) -> None:
        api = self.read(GOOD_HEADER + "int32_t campaign_hidden(void);\n")
        self.assertIn("campaign_hidden is declared without CAMPAIGN_API", api.problems[0])

    def test_constant_without_value_is_reported(self) -> None:
        self.assertIn("CAMPAIGN_TWO", self.read(GOOD_HEADER.replace("CAMPAIGN_TWO = 2", "CAMPAIGN_TWO")).problems[0])


class Symbols(Sample):
    def test_names_of_one_side_only_are_reported(self) -> None:
        self.assertEqual(len(check_symbols.differences("a", ["x", "y"], "b", ["y", "z"])), 2)
        self.assertEqual(check_symbols.differences("a", ["x"], "b", ["x"]), [])

    def test_exports_and_foreign_names_are_seen(self) -> None:
        library = self.compile(
            "int campaign_a(void) { return 1; }\nint stray(void) { return 2; }\n", "-shared", "-fPIC"
        )
        self.assertEqual(sorted(check_symbols.exported_names("nm", library)), ["campaign_a", "stray"])
        names = check_symbols.archive_names(
            "nm",
            self.compile("int stray; int cpn_x; static int own;\nint *p(void);int *p(void) { return &own; }", "-c"),
        )
        self.assertEqual(len(check_symbols.foreign_names(names)), 2)


class Constants(unittest.TestCase):
    def test_changed_vanished_and_new_constants_are_reported(self) -> None:
        problems = check_constants.compare({"A": "1", "B": "3", "D": "5"}, ["A = 1", "B = 2", "C = 4"])
        self.assertEqual([problem.split()[0] for problem in problems], ["B", "C", "D"])
        self.assertEqual(check_constants.compare({"A": "1"}, ["A = 1"]), [])

    def test_renewal_refuses_a_change(self) -> None:
        with self.assertRaises(renew.RefusedError):
            renew.merge("constant", {("A", ""): "1"}, {("A", ""): "2"}, False)
        with self.assertRaises(renew.RefusedError):
            renew.merge("symbol", {("a", ""): ""}, {("b", ""): ""}, False)
        renew.merge("symbol", {("a", ""): ""}, {("a", ""): "", ("b", ""): ""}, False)
        renew.merge("symbol", {("a", ""): ""}, {("b", ""): ""}, True)


class Layout(Sample):
    def layout_of(self, header: str) -> dict[layout_text.Key, tuple[int, int]]:
        path = self.write("include/campaign/sample.h", header)
        keys = layout_text.wanted(public_api.read_api([path]))
        values = layout_text.measure(["cc"], [], self.root / "include", [path], keys)
        return {key: (value, value) for key, value in zip(keys, values, strict=True)}

    def problems(self, header: str, layout: dict[layout_text.Key, tuple[int, int]]) -> str:
        path = self.write("include/campaign/sample.h", header)
        source = self.write("layout.c", layout_text.write_layout([path], layout))
        include = self.root / "include"
        return check_layout.compile_problems(["cc"], [], include, source) + check_layout.hole_problems(
            ["cc"], [], include, [path]
        )

    def test_frozen_layout_compiles_and_is_read_back(self) -> None:
        layout = self.layout_of(GOOD_HEADER)
        self.assertEqual(self.problems(GOOD_HEADER, layout), "")
        self.assertEqual(layout_text.read_layout(layout_text.write_layout([], layout)), layout)

    def test_moved_and_grown_members_are_reported(self) -> None:
        layout = self.layout_of(GOOD_HEADER)
        self.assertIn("campaign_knobs.m", self.problems(GOOD_HEADER.replace("n[2], m", "m, n[2]"), layout))
        self.assertIn("sizeof campaign_knobs", self.problems(GOOD_HEADER.replace("n[2]", "n[4]"), layout))

    def test_knobs_without_size_are_reported(self) -> None:
        text = "typedef struct campaign_x_options { int32_t a; uint32_t size; } campaign_x_options;\n"
        self.assertEqual(len(check_layout.knob_problems(self.read(text))), 1)
        self.assertEqual(
            check_layout.knob_problems(self.read(text.replace("int32_t a; uint32_t size", "uint32_t size"))), []
        )

    def test_hole_is_reported(self) -> None:
        header = GOOD_HEADER.replace("n[2], m", "n[2]")
        self.assertIn("padding struct", self.problems(header, self.layout_of(header)))


class Headers(Sample):
    def problems(self, text: str, standard: str, command: str) -> str:
        path = self.write("include/campaign/sample.h", text)
        return check_headers.problems([command], standard, self.root / "include", path)

    def test_header_that_leans_on_another_is_reported(self) -> None:
        good = GOOD_HEADER.replace("#include <stdint.h>", "#include <stddef.h>\n#include <stdint.h>")
        self.assertEqual(self.problems(good, "c11", "cc"), "")
        self.assertIn("uint32_t", self.problems(GOOD_HEADER.replace("#include <stdint.h>", ""), "c11", "cc"))

    def test_missing_guard_and_bad_initialiser_are_reported(self) -> None:
        self.assertIn(
            "redefinition", self.problems("typedef struct campaign_x { int size; } campaign_x;\n", "c11", "cc")
        )
        bad = GOOD_HEADER.replace("#include <stdint.h>", "#include <stddef.h>\n#include <stdint.h>").replace(
            "{ 0, 0 }, 0, NULL, NULL", "0"
        )
        self.assertNotEqual(self.problems(bad, "c17", "cc"), "")


class Includes(Sample):
    def problems(self, name: str, line: str) -> list[str]:
        self.write("src/base/money.h", "#include <stdint.h>\n")
        self.write("include/campaign/table.h", "#include <campaign/base.h>\n")
        self.write(name, line + "\n")
        rule = check_includes.read_rule(Path(check_includes.__file__).with_name("include_rule.txt"))
        return check_includes.all_problems(self.root, rule)

    def test_allowed_includes_pass(self) -> None:
        self.assertEqual(self.problems("src/plan/a.c", '#include "tier/tier.h"\n#include <campaign/kpi.h>'), [])
        self.assertEqual(self.problems("src/io/a.c", '#include "io/csv.h"\n#include <campaign/table.h>'), [])
        self.assertEqual(self.problems("src/allocate/offers/exact/a.c", '#include "allocate/offers/offers.h"'), [])

    def test_each_wrong_way_is_reported(self) -> None:
        wrong = [
            ("src/base/a.c", '#include "table/table.h"'),
            ("src/tier/a.c", '#include "promo/promo.h"'),
            ("src/tier/b.c", "#include <campaign/plan.h>"),
            ("src/kpi/a.c", '#include "money.h"'),
            ("src/io/a.c", '#include "base/text.h"'),
            ("src/cli/a.c", '#include "plan/plan.h"'),
            ("src/allocate/offers/exact/b.c", '#include "allocate/quota/grid.h"'),
            ("src/base/b.c", "#include <locale.h>"),
            ("src/extra/a.c", "#include <stdint.h>"),
            ("include/campaign/calendar.h", "#include <campaign/tier.h>"),
            ("bindings/swig/a.i", '#include "plan/plan.h"'),
            ("tests/api/a.c", '#include "base/money.h"'),
        ]
        for number, (name, line) in enumerate(wrong, 1):
            self.assertEqual(len(self.problems(name, line)), number, name)

    def test_forgotten_header_is_reported(self) -> None:
        self.write("include/campaign/campaign.h", "#include <campaign/base.h>\n")
        self.write("include/campaign/base.h", "")
        self.write("include/campaign/io.h", "")
        self.assertEqual(check_includes.whole_problems(self.root), [])
        self.write("include/campaign/kpi.h", "")
        self.assertEqual(len(check_includes.whole_problems(self.root)), 1)


class Objects(Sample):
    def test_writable_data_is_reported_and_relocated_constants_are_not(self) -> None:
        text = 'int a = 1; static int b; int *f(void); int *f(void) { return &b; } const char *const names[] = { "x" };'
        problems = check_objects.section_problems("readelf", self.compile(text, "-c", "-fPIC", "-O1"))
        self.assertEqual(sorted(problem.split()[1] for problem in problems), [".bss", ".data"])

    def test_forbidden_calls_are_reported(self) -> None:
        text = "#include <stdio.h>\n#include <stdlib.h>\n"
        text += 'void f(char *t) { (void)snprintf(t, 3, "%d", rand()); printf("%s%d", t, 1); }'
        text += 'void g(void) { fclose(fopen("a", "r")); }'
        archive = self.compile(text, "-c", "-O2", "-D_FORTIFY_SOURCE=2")
        problems = check_objects.import_problems("nm", archive, False)
        self.assertEqual(sorted(problem.split()[1] for problem in problems), ["fclose", "fopen", "printf", "rand"])
        problems = check_objects.import_problems("nm", archive, True)
        self.assertEqual(sorted(problem.split()[1] for problem in problems), ["printf", "rand"])


if __name__ == "__main__":
    unittest.main()
