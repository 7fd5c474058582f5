"""Opens what the library writes with what people open it with: workbooks with LibreOffice, pages with Chromium.

check_forms.py WRITE_FORMS PLAN.json. Exit code 77 where one of the two programs is not installed, after checking with
the other.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
AS_SHOWN = 44, 34, 76, 1, "", 0, "false", "true", "true", "false", "false", -1
"""LibreOffice's filter of CSV: comma, quote, UTF-8, all cells as they are shown, every sheet into a file of its own."""


def run(*command: object, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=240, **more)  # type: ignore[call-overload,no-any-return]


def convert(folder: Path, name: str, target: str, out: Path) -> None:
    done = run("soffice", "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--convert-to", target,
               "--outdir", out, folder / name)  # fmt: skip
    assert done.returncode == 0, done.stderr


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def same(found: object, wanted: object) -> None:
    assert found == wanted, f"{found}\nis not\n{wanted}"


def check_sheets(folder: Path) -> None:
    """What LibreOffice shows in every cell."""
    out = folder / "csv"
    convert(folder, "chinese.xlsx", "csv:Text - txt - csv (StarCalc):" + ",".join(map(str, AS_SHOWN)), out)
    same(
        read_csv(out / "chinese-任务分解表.csv"),
        [
            [
                "区域",
                "负责人",
                "客户数",
                "预期转化率",
                "预期成交数",
                "销售任务（万元）",
                "重点客户",
                "所需资源",
                "extra",
            ],
            ["华东", "李雷", "30", "50.00%", "15.2", "47.00", "", "", "000123"],
            ["华南", "韩梅梅", "40", "12.35%", "3.5", "123,456.79", "", "", "123456789012345678"],
            ["西北", "李雷", "0", "0.00%", "0", "0.00", "", "", "=1+1"],
        ],
    )
    rows = [
        dict(zip(head, row, strict=True))
        for head, *rest in [read_csv(out / "chinese-客户跟进记录表.csv")]
        for row in rest
    ]
    same([row["跟进时间"] for row in rows], ["2026-11-22 10:30:00", "2026-02-28 23:59:59"])
    same([row["下次跟进日期"] for row in rows], ["2026-11-25", "1900-03-01"])
    same([row["客户"] for row in rows], ["0088", "甲公司"])
    assert rows[0]["沟通内容"] == "第一行\n第二行，_x0041_" and rows[1]["沟通内容"] == "-1"
    same([row["状态"] for row in rows], ["未开始", "受阻"])
    targets = read_csv(out / "chinese-目标分解.csv")
    assert targets[1][targets[0].index("目标（万元）")] == "1,200.00"
    assert targets[1][targets[0].index("结束日期")] == "2027-12-31"


def check_reading_back(write_forms: str, folder: Path) -> None:
    """Forms that LibreOffice saved anew are read as those that the library wrote."""
    out = folder / "saved"
    ours = [run(write_forms, folder / name) for name in ("chinese.xlsx", "english.xlsx")]
    assert all(done.returncode == 0 for done in ours), [done.stderr for done in ours]
    assert ours[0].stdout == ours[1].stdout
    assert "华东,李雷,30,500000,15.2,470000.55,,,000123" in ours[0].stdout
    convert(folder, "chinese.xlsx", "xlsx:Calc MS Excel 2007 XML", out)
    again = run(write_forms, out / "chinese.xlsx")
    assert again.returncode == 0, again.stderr
    assert again.stdout == ours[0].stdout, f"{again.stdout}\n{ours[0].stdout}"


def check_every_form(plan: Path, folder: Path) -> None:
    """Every form opens with the plan's rows, and shows the same after it was saved anew."""
    shown, saved = folder / "all", folder / "all_saved"
    text = "csv:Text - txt - csv (StarCalc):" + ",".join(map(str, AS_SHOWN))
    convert(folder, "all.xlsx", text, shown)
    convert(folder, "all.xlsx", "xlsx:Calc MS Excel 2007 XML", saved)
    convert(saved, "all.xlsx", text, saved)
    document = json.loads(plan.read_text(encoding="utf-8"))
    sheets = {path.name.removeprefix("all-").removesuffix(".csv"): read_csv(path) for path in shown.glob("all-*.csv")}
    again = {path.name.removeprefix("all-").removesuffix(".csv"): read_csv(path) for path in saved.glob("all-*.csv")}
    assert {"快速响应计划表", "任务分解表", "客户跟进记录表", "复盘表", "活动日历", "任务清单", "风险清单"} <= set(
        sheets
    )
    same(again, sheets)
    for sheet, name in (
        ("活动日历", "campaigns"),
        ("活动阶段", "phases"),
        ("任务清单", "tasks"),
        ("目标分解", "targets"),
    ):
        rows = [row for row in sheets[sheet][1:] if any(row)]
        same(len(rows), len(next(iter(document[name].values()))))
    assert sheets["复盘表"][0] == ["指标", "目标值", "实际值", "达成率", "亮点", "问题", "改进措施"]


def check_page(browser: str, path: Path) -> None:
    """The page is drawn without a word on the console, asks for nothing, and prints."""
    page = path.read_text(encoding="utf-8")
    assert not re.search(r"https?:|<script|@import|url\(|src=", page)
    printed = path.with_suffix(".pdf")
    log = path.with_suffix(".netlog")
    done = run(browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
               f"--log-net-log={log}", f"--print-to-pdf={printed}", path.as_uri())  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "CONSOLE" not in done.stderr, done.stderr
    requests = set(re.findall(r'"url":"([^"]*)"', log.read_text(encoding="utf-8", errors="replace")))
    wanted = [url for url in requests if not url.startswith(("file:", "data:"))]
    assert not wanted, wanted
    data = printed.read_bytes()
    n_pages = len(re.findall(rb"/Type\s*/Page\b", data))
    assert data.startswith(b"%PDF") and 2 <= n_pages <= 30, f"{n_pages} pages"


def main() -> int:
    write_forms, plan = sys.argv[1:]
    missing = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = run(write_forms, plan, folder)
        if done.returncode == SKIPPED:
            print(f"skipped: {done.stderr.strip()}")
            return SKIPPED
        assert done.returncode == 0, done.stderr
        if shutil.which("soffice"):
            check_sheets(folder)
            check_reading_back(write_forms, folder)
            check_every_form(Path(plan), folder)
            print("LibreOffice shows and saves the workbooks as they are meant")
        else:
            missing.append("LibreOffice")
        browser = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        if browser:
            check_page(browser, folder / "english.html")
            check_page(browser, folder / "chinese.html")
            print("Chromium draws and prints the pages")
        else:
            missing.append("Chromium")
    if missing:
        print(f"skipped: {' and '.join(missing)} not installed (./dev check installs them)")
    return SKIPPED if missing else 0


if __name__ == "__main__":
    sys.exit(main())
