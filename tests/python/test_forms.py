"""Forms from Python: workbooks and their tables. What spreadsheets make of them: tests/scenario/check_forms.py."""

import datetime
import decimal
import pathlib
import re
import zipfile

import pytest

import campaign

D = decimal.Decimal
SPLIT = {
    "region": ["华东", "华南"],
    "owner": ["李雷", "韩梅梅"],
    "customers": [30, 40],
    "expected_conversion_ppm": [500_000, 125_000],
    "expected_deals": [15.2, 5.0],
    "sales_task": [D("470000.00"), D("155000.50")],
}


def workbook(write):
    """Runs a writer, and skips where this build writes no workbooks."""
    try:
        write()
    except campaign.CampaignError as error:
        if error.code != "CAMPAIGN_E_UNSUPPORTED":
            raise
        pytest.skip(str(error))


def split():
    return campaign.table(SPLIT)


def test_form_table():
    shown = campaign.form_table("task_split", split(), language="zh", money_unit="ten_thousand")
    assert shown["区域"] == ["华东", "华南"]
    assert shown["预期转化率"] == ["50%", "12.5%"]
    assert shown["销售任务（万）"] == ["47.00", "15.50005"]
    priced = campaign.form_table("task_split", SPLIT, currency="CNY")
    assert priced["Sales task (CNY)"] == [D("470000.00"), D("155000.50")]
    assert campaign.form_table("followups").columns[0] == "Record"
    assert campaign.form_names()[:4] == ("response_plan", "task_split", "followups", "review")
    with pytest.raises(campaign.CampaignError, match="did you mean"):
        campaign.form_table("folowups")


def test_columns_without_values_look_as_their_form_says():
    shown = campaign.form_table(
        "task_split", {"region": ["a"], "sales_task": [None], "customers": [None]}, currency="USD"
    )
    assert shown.types["Sales task (USD)"] == "money[USD]" and shown.types["Customers"] == "int64"
    shown = campaign.form_table("followups", {"record": [1], "next_date": [None], "time": [None]}, language="zh")
    assert shown.types["下次跟进日期"] == "date" and shown.types["跟进时间"] == "timestamp"


def test_write_xlsx(tmp_path):
    path = tmp_path / "表.xlsx"
    sheets = [campaign.Sheet("task_split", split()), campaign.Sheet("followups"), campaign.Sheet(None, split(), "a/b")]
    workbook(lambda: campaign.write_xlsx(path, sheets, language="zh", owners=["李雷", "王芳"], created="2026-11-22"))
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        first = book.read("xl/worksheets/sheet1.xml").decode()
        assert "2026-11-22T12:00:00Z" in book.read("docProps/core.xml").decode()
    assert names == ["任务分解表", "客户跟进记录表", "a b"]
    assert '<c r="C2"' in first and "<v>30</v>" in first and "<v>0.125</v>" in first and "<v>155000.5</v>" in first
    assert 'state="frozen"' in first and "李雷,王芳" in first


def test_days_in_text_are_real_days(tmp_path):
    path = tmp_path / "days.xlsx"
    records = {
        "record": [1, 2, 3],
        "customer": ["0088", "A", "B"],
        "rep": ["Li", "Li", "Wu"],
        "time": ["2026-11-22T10:30", "2026-11-22", "2026-11-23 00:00:30"],
        "next_date": ["2026-11-25", None, "next week"],
    }
    tasks = {"task": ["a", "b"], "due": ["2026-11-14", "2026-11-15"], "due_at": ["2026-11-14T00:00", None]}
    workbook(lambda: campaign.write_xlsx(path, {"followups": records, "tasks": tasks}))
    with zipfile.ZipFile(path) as book:
        first, second = (book.read(f"xl/worksheets/sheet{i}.xml").decode() for i in (1, 2))
    cell = r'<c r="{}" s="[0-9]+"( t="s")?><v>([0-9.]+)</v>'
    found = {name: re.search(cell.format(name), first).groups() for name in ("G2", "G3", "N2", "N4", "C2")}
    assert found["G2"] == (None, "46348.4375") and found["G3"] == (None, "46348") and found["N2"] == (None, "46351")
    assert found["N4"][0] and found["C2"][0]  # what is no day, and codes, stay text
    found = {name: re.search(cell.format(name), second).groups() for name in ("B2", "C2")}
    assert found == {"B2": (None, "46340"), "C2": (None, "46340")}
    assert "open,in progress,done,blocked" in second  # the status, which the table lacks, can be chosen


def made_plan():
    return campaign.Plan.load(pathlib.Path(__file__).parents[2] / "docs/examples/plan.json")


def test_read_form(tmp_path):
    path = tmp_path / "split.xlsx"
    sheet = campaign.Sheet("task_split", split())
    workbook(lambda: campaign.write_xlsx(path, [sheet], language="zh", money_unit="ten_thousand", currency="CNY"))
    again = campaign.read_form(path, "task_split")
    assert {name: again[name] for name in SPLIT} == SPLIT
    assert again.types["sales_task"] == "money[CNY]"
    assert len(again.notes) == 0
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.read_form(path, "followups", language="zh")
    assert caught.value.code == "CAMPAIGN_E_COLUMN"


def test_read_form_names_the_cell(tmp_path):
    path = tmp_path / "记录.csv"
    path.write_text(
        "记录编号,客户,跟进时间,跟进方式,跟进人,心情\n1,甲,2026-11-22 9:30,微信,王芳,好\n", encoding="utf-8-sig"
    )
    read = campaign.read_form(path, "followups")
    assert (read["way"], read["time"], read["心情"]) == (["wechat"], [datetime.datetime(2026, 11, 22, 9, 30)], ["好"])
    assert read.notes["column"] == ["心情"]
    path.write_text("记录编号,客户,跟进时间,跟进方式,跟进人\n一,甲,2026-11-22,微信,王芳\n", encoding="gb18030")
    with pytest.raises(campaign.CampaignError, match="一") as caught:
        campaign.read_form(path, "followups")
    assert caught.value.where == "cell A2"


def made_book(path, *rows, more=""):
    """A workbook made by hand: rows of cells as XML, without their places."""
    kinds = "http://schemas.openxmlformats.org"
    lines = "".join(f"<row>{''.join(cells)}</row>" for cells in rows)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{kinds}/spreadsheetml/2006/main" xmlns:r="{kinds}/officeDocument/2006/relationships">'
            f'{more}<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{kinds}/package/2006/relationships"><Relationship Id="a" '
            f'Type="{kinds}/officeDocument/2006/relationships/worksheet" Target="worksheets/s.xml"/></Relationships>',
        )
        book.writestr(
            "xl/worksheets/s.xml",
            f'<worksheet xmlns="{kinds}/spreadsheetml/2006/main"><sheetData>{lines}</sheetData></worksheet>',
        )


def text_cells(*texts):
    return [f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts]


SPLIT_HEADINGS = text_cells("区域", "负责人", "客户数", "预期转化率", "预期成交数", "销售任务（万元）", "所需资源")


def read_split(path, *cells, **more):
    """What comes of one row of a split: its values, or where it is refused and why."""
    made_book(path, SPLIT_HEADINGS, [*text_cells("东", "李"), *cells], **more)
    try:
        return [value for row in campaign.read_form(path, "task_split").rows() for value in row.values()][2:]
    except campaign.CampaignError as error:
        if error.code == "CAMPAIGN_E_UNSUPPORTED":
            pytest.skip(str(error))
        return f"{error.where}: {error.message}"


def test_read_form_of_formulas_and_of_yes_or_no(tmp_path):
    path = tmp_path / "made.xlsx"
    half, one, yes, none = "<c><v>0.5</v></c>", "<c><v>1</v></c>", '<c t="b"><v>1</v></c>', "<c/>"
    assert read_split(path, one, half, one, one, yes) == [1, 500_000, 1.0, D("10000.00"), None, "TRUE"]
    computed = "<c><f>20+10</f><v>30</v></c>", half, one, "<c><f>A1</f><v>47.5</v></c>"
    assert read_split(path, *computed, '<c t="str"><f>""</f><v></v></c>')[:4] == [30, 500_000, 1.0, D("475000.00")]
    not_computed = "<c><f>40+7</f></c>"  # as programs write it that compute nothing
    said = 'sheet S, cell F2: column 销售任务 (sales_task): "=40+7" is a formula without its result'
    assert read_split(path, one, half, one, not_computed, none).startswith(said)
    assert read_split(path, one, half, one, none, not_computed).startswith("sheet S, cell G2: column 所需资源")
    assert "is yes or no" in read_split(path, yes, half, one, one, none)
    assert "is yes or no" in read_split(path, one, yes, one, one, none)
    assert "is yes or no" in read_split(path, one, half, yes, one, none)
    assert "is yes or no" in read_split(path, one, half, one, yes, none)
    assert "half is 50% or 0.5" in read_split(path, one, "<c><v>50</v></c>", one, one, none)


def test_read_form_keeps_ids_or_refuses_them(tmp_path):
    path = tmp_path / "made.xlsx"
    heads = text_cells("记录编号", "客户", "跟进时间", "跟进人", "联系人")
    row = "<c><v>1</v></c>", "<c><v>{}</v></c>", *text_cells("2026-11-02", "李"), "<c><v>{}</v></c>"

    def read(customer, contact):
        made_book(
            path, heads, [cell.format(customer) if i == 1 else cell.format(contact) for i, cell in enumerate(row)]
        )
        try:
            table = campaign.read_form(path, "followups")
        except campaign.CampaignError as error:
            if error.code == "CAMPAIGN_E_UNSUPPORTED":
                pytest.skip(str(error))
            return error.where
        return table["customer"] + table["contact"]

    assert read("13800138000", "1.3800138E+10") == ["13800138000", "13800138000"]
    assert read("12.5", "123456789012345") == ["12.5", "123456789012345"]
    assert read("6.2220212345678899E+18", "1") == "sheet S, cell B2"  # a card number: its last digits are lost
    assert read("1", "6222021234567890123") == "sheet S, cell E2"


def test_read_form_of_what_rapid_response_fills_in(tmp_path):
    path = tmp_path / "split.xlsx"
    request = {
        "schema": "campaign/rapid_response/1", "name": "x", "type": "fair", "start": "2026-09-28",
        "finish": "2026-10-16", "leads": 10, "expected_conversion": "50%",
    }  # fmt: skip
    filled = campaign.rapid_response(request).form_task_split
    workbook(lambda: campaign.write_xlsx(path, {"task_split": filled}, language="zh"))
    again = campaign.read_form(path, "task_split")
    assert again.rows() == filled.rows()
    assert filled["owner"] == [None] and filled["sales_task"] == [None]


def test_forms_as_csv_come_back_and_do_not_run(tmp_path):
    path = tmp_path / "forms.csv"
    names = ["=cmd|' /C calc'!A0", "'@x", "''-1", "'", "+86 138", "-"]
    rows = {"record": list(range(1, 7)), "customer": names, "time": [datetime.datetime(2026, 11, 2)] * 6,
            "rep": ["@SUM(1)"] * 6}  # fmt: skip
    shown = campaign.form_table("followups", rows, language="zh")
    campaign.write_csv(path, shown, guards_formulas=True)
    cells = re.split("[,\r\n]", path.read_text(encoding="utf-8-sig"))
    assert not [cell for cell in cells if cell.lstrip('"')[:1] in set("=+-@") - {""}]
    again = campaign.read_form(path, "followups")
    assert (again["customer"], again["rep"]) == (names, rows["rep"])
    assert again.notes["code"] == ["apostrophe", "apostrophe"]
    plain = {**SPLIT, "region": ["=1", "'=1"]}
    campaign.write_csv(path, campaign.table(plain), guards_formulas=True)  # under ids: shares are parts per million
    back = campaign.read_form(path, "task_split", currency="CNY")
    assert {name: back[name] for name in plain} == plain


def test_write_ical_is_read_by_another_program(tmp_path):
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed (./dev test installs it)")
    path = tmp_path / "plan.ics"
    plan = made_plan()
    stamp = datetime.datetime(2026, 11, 21, 22, 26, 40, tzinfo=datetime.UTC)
    tasks = {
        "task": ["t1", "t2"],
        "campaign": ["d618", "d618"],
        "name": ["准备，素材; 文案\n第二行" + "很长" * 60, "Lock"],
        "due": [datetime.date(2027, 5, 10), datetime.date(2027, 5, 12)],
        "due_at": [None, datetime.datetime(2027, 5, 12, 18, 30)],
    }
    workbook(lambda: campaign.write_ical(path, plan, stamp=stamp, tasks=tasks, language="zh", name="计划"))
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == len(list(calendar.walk("VEVENT")))
    rows = plan.campaigns.rows()
    for row in rows:
        event = events[f"plan/campaign/{row['campaign']}@libcampaign"]
        assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (row["start"], row["end"])
        assert str(event["SUMMARY"]) == row["name"]
    for row in plan.phases.rows():
        event = events[f"plan/phase/{row['campaign']}/{row['phase']}@libcampaign"]
        assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (row["start"], row["end"])
    assert len(events) == len(rows) + len(plan.phases) + len(plan.deadlines) + 2
    first, second = events["plan/task/t1@libcampaign"], events["plan/task/t2@libcampaign"]
    assert str(first["SUMMARY"]) == "618 mid-year sale：" + tasks["name"][0]
    assert first.decoded("DTSTART") == datetime.date(2027, 5, 10)
    assert second.decoded("DTEND") == datetime.datetime(2027, 5, 12, 10, 30, tzinfo=datetime.UTC)
    assert first.decoded("DTSTAMP") == stamp
    assert len(first.subcomponents) == 1
    workbook(lambda: campaign.write_ical(path, plan, stamp=stamp))  # deadlines are those of the plan's own tasks
    own = [str(event["UID"]) for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")]
    assert len(own) == len(rows) + len(plan.phases) + len(plan.tasks) and len(plan.deadlines) > 0
    campaign.write_ical(path, plan, stamp=stamp, tasks=tasks, language="zh", name="计划")
    before = path.read_bytes()
    campaign.write_ical(path, plan, stamp=stamp.replace(tzinfo=None), tasks=tasks, language="zh", name="计划")
    assert path.read_bytes() == before


def test_write_ical_takes_days_and_times_of_every_kind(tmp_path):
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed (./dev test installs it)")
    path, plan, day = tmp_path / "plan.ics", made_plan(), datetime.date(2027, 5, 10)
    evening = datetime.datetime(2027, 5, 10, 18, 0)

    def write(**columns):
        workbook(lambda: campaign.write_ical(path, plan, tasks={"task": ["x"], **columns}))
        events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        return [event.decoded("DTEND") for event in events if "/task/" in event["UID"]]

    at = datetime.datetime(2027, 5, 10, 10, 0, tzinfo=datetime.UTC)
    for given in (day, "2027-05-10", datetime.datetime(2027, 5, 10), "2027-05-10 00:00"):
        assert write(due=[given]) == write(finish=[given]) == [datetime.date(2027, 5, 11)]
    for given in (evening, "2027-05-10 18:00"):
        assert write(due=[given]) == write(due_at=[given]) == [at]
    assert write(due_at=["2027-05-10"]) == [datetime.date(2027, 5, 11)]
    assert write(due_at=[None], due=[None]) == []

    def refused(**columns):
        with pytest.raises(campaign.CampaignError) as caught:
            campaign.write_ical(path, plan, tasks=columns)
        return caught.value.code, caught.value.where

    assert refused(task=["x"], due=["tomorrow"]) == ("CAMPAIGN_E_VALUE", "tasks.due")
    assert refused(task=["x"], due=[5]) == ("CAMPAIGN_E_VALUE", "tasks.due")
    assert refused(task=["x"], due=["9999-12-31"]) == ("CAMPAIGN_E_VALUE", "tasks.due")
    assert refused(task=["x", "y", "x"], due=["2027-05-10"] * 3) == ("CAMPAIGN_E_DUPLICATE", "tasks.task")
    assert refused(task=[1, 2, 1], due=["2027-05-10"] * 3) == ("CAMPAIGN_E_DUPLICATE", "tasks.task")
    assert refused(task=["x", None], due=["2027-05-10"] * 2) == ("CAMPAIGN_E_MISSING", "tasks.task")
    assert refused(name=["x"], due=["2027-05-10"]) == ("CAMPAIGN_E_COLUMN", "tasks.task")


def test_write_html(tmp_path):
    path = tmp_path / "plan.html"
    campaign.write_html(path, made_plan(), language="zh", money_unit="ten_thousand", title="计划 <2027>")
    page = path.read_text(encoding="utf-8")
    assert "<h1>计划 &lt;2027&gt;</h1>" in page and "1,200.00 万元" in page and page.count("<svg") == 2


def test_write_xlsx_of_a_plan_and_of_mappings(tmp_path):
    request = {
        "schema": "campaign/plan_request/1",
        "year": 2027,
        "currency": "CNY",
        "target": {"amount": "1200000.00"},
        "split": ["month"],
    }
    plan = campaign.plan(request)
    workbook(lambda: campaign.write_xlsx(tmp_path / "plan.xlsx", plan))
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as book:
        names = re.findall(r'sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
    assert names[:3] == ["Campaigns", "Phases", "Deadlines"]
    campaign.write_xlsx(tmp_path / "two.xlsx", {"review": None, "mine": {"day": [datetime.date(2026, 1, 5)]}})
    with zipfile.ZipFile(tmp_path / "two.xlsx") as book:
        assert "<v>46027</v>" in book.read("xl/worksheets/sheet2.xml").decode()


def test_risks_that_were_found_have_a_form(tmp_path):
    found = campaign.risks(
        as_of="2027-06-18T10:30", stock={"sku": ["gift"], "on_hand": [30], "need": [90], "safety": [40]}, language="zh"
    )
    shown = campaign.form_table("risks", found.risks, language="zh")
    assert not set(shown.columns) & set(found.risks.columns)
    assert shown["严重程度"] == ["高", "高"] and shown["类别"] == ["库存", "库存"]
    assert shown["处理时限"][0] == datetime.datetime(2027, 6, 18, 14, 30)
    path = tmp_path / "plan.html"
    campaign.write_html(path, made_plan(), language="zh", risks=found.risks)
    page = path.read_text(encoding="utf-8")
    assert all(f">{heading}</th>" in page for heading in ("严重程度", "触发数值", "应对措施", "处理时限", "上报对象"))


def test_many_people_to_choose_from_stand_on_a_hidden_sheet(tmp_path):
    path = tmp_path / "forms.xlsx"
    people = [f"员工{n:03d}" for n in range(100)]
    sheets = [campaign.Sheet("followups"), campaign.Sheet("task_split")]
    workbook(lambda: campaign.write_xlsx(path, sheets, language="zh", owners=people))
    with zipfile.ZipFile(path) as book:
        names = book.read("xl/workbook.xml").decode()
        rules = [re.findall("<formula1>([^<]*)</formula1>", book.read(f"xl/worksheets/sheet{n}.xml").decode())
                 for n in (1, 2)]  # fmt: skip
    assert '<sheet name="名单" sheetId="3" state="hidden"' in names
    assert rules[1] == ["'名单'!$A$1:$A$100"] and rules[1][0] in rules[0]
    assert any("微信" in rule and rule.startswith('"') for rule in rules[0])
