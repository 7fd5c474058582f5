"""The committed JSON Schemas accept the examples and what the library writes, and refuse what it refuses."""

import copy
import json
import pathlib

import pytest

import campaign

jsonschema = pytest.importorskip("jsonschema")

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
KINDS = sorted(path.stem for path in (DOCS / "schema").glob("*.json"))


def example(kind):
    return json.loads((DOCS / "examples" / f"{kind}.json").read_text(encoding="utf-8"))


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def validator(kind):
    schema = json.loads((DOCS / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_example_is_valid(kind, validator):
    validator.validate(example(kind))


def test_unknown_keys_and_other_kinds_are_refused(kind, validator):
    for key, value in (("colour", "red"), ("schema", "campaign/other/1")):
        document = {**example(kind), key: value}
        assert not validator.is_valid(document), f"{key} = {value}"


def test_each_required_key_is_required(kind, validator):
    for key in validator.schema["required"]:
        document = copy.deepcopy(example(kind))
        del document[key]
        assert not validator.is_valid(document), f"without {key}"


def test_the_schema_reads_alike_in_both_languages(kind):
    english, chinese = (campaign.schema(kind, language=language) for language in ("en", "zh"))

    def bare(node):
        if isinstance(node, dict):
            return {key: bare(value) for key, value in node.items() if key != "description"}
        return [bare(item) for item in node] if isinstance(node, list) else node

    assert bare(english) == bare(chinese)
    assert english["description"] != chinese["description"]


def refused(request):
    """Whether the library refuses a request."""
    try:
        campaign.plan(json.dumps(request))
    except campaign.InputError:
        return True
    return False


@pytest.mark.parametrize("kind", ["plan_request"], indirect=True)
@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("year",), "2027"),
        (("year",), 20270),
        (("currency",), "yuan"),
        (("split",), ["quarter", "fortnight"]),
        (("target",), {"amount": "1,000.00"}),
        (("target",), {"amounts": "1000.00"}),
        (("budget", "contingency"), "ten"),
        (("campaigns", "tiers"), ["large"]),
        (("metrics", "roi"), None),
    ],
)
def test_the_schema_and_the_library_refuse_the_same(validator, path, value):
    request = example("plan_request")
    assert validator.is_valid(request) and not refused(request)
    place = request
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert not validator.is_valid(request)
    assert refused(request)
