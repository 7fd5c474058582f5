"""Forms from Python: workbooks and their tables. What spreadsheets make of them: tests/scenario/check_forms.py."""

import datetime
import decimal
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
    assert names[:3] == ["Campaigns", "Phases", "Targets"]
    campaign.write_xlsx(tmp_path / "two.xlsx", {"review": None, "mine": {"day": [datetime.date(2026, 1, 5)]}})
    with zipfile.ZipFile(tmp_path / "two.xlsx") as book:
        assert "<v>46027</v>" in book.read("xl/worksheets/sheet2.xml").decode()
