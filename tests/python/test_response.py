"""Response curves from Python: the facade, the picture, and scipy beside it where it is installed."""

import datetime
import math

import pytest

import campaign


def history(n=80, adstock=0.4, noise=15.0):
    """Weeks of spend and what they bring, by an exponential curve; errors from a fixed recurrence."""
    state, spends, results, carried = 12345, [], [], 0.0
    for _ in range(n):
        state = (state * 1103515245 + 12345) % 2**31
        spend = 0.0 if state % 7 == 0 else state % 1000 / 8
        state = (state * 1103515245 + 12345) % 2**31
        error = (state % 2001 - 1000) / 577  # even between -1.73 and 1.73: deviation 1
        carried = adstock * carried + (1 - adstock) * spend
        spends.append(spend)
        results.append(300 + 900 * (1 - math.exp(-carried / 40)) + noise * error)
    weeks = [datetime.date(2025, 1, 6) + datetime.timedelta(weeks=i) for i in range(n)]
    return {"period": weeks, "spend": spends, "result": results}


def test_a_curve_is_found_with_its_limits():
    fit = campaign.forecast_fit_response(history(), curve="exponential")
    (row,) = fit.curves.rows()
    assert row["status"] == "identified" and fit.n_identified == 1
    for name, truth in (("scale", 900), ("location", 40), ("adstock", 0.4), ("intercept", 300)):
        assert row[f"{name}_low"] < row[name] < row[f"{name}_high"]
        assert abs(row[name] - truth) < 3.5 * row[f"{name}_se"]
    assert fit.fitted["period"][0] == datetime.date(2025, 1, 6)
    assert len(fit.lines) == 61 and len(fit.fitted) == 80 and len(fit.candidates) == 1


def test_channels_are_fitted_each_by_itself():
    data = history()
    both = {name: values * 2 for name, values in data.items()}
    both["channel"] = ["直播"] * 80 + ["search"] * 80
    fit = campaign.forecast_fit_response(both, item="channel", language="zh", trend=True)
    assert fit.curves["item"] == ["search", "直播"]
    assert fit.curves["scale"][0] == fit.curves["scale"][1]
    assert fit.n_items == 2 and len(fit.candidates) == 16
    assert fit.curves["reason"][0].startswith("80 期")


def test_fitted_curves_go_into_an_allocation_as_they_are():
    data = history()
    both = {name: values * 2 for name, values in data.items()}
    both["item"] = ["search"] * 80 + ["twice"] * 80
    both["result"] = data["result"] + [2 * result for result in data["result"]]
    fit = campaign.forecast_fit_response(both, curve="exponential")
    answer = campaign.allocate.budget(fit.curves, budget=100.0)
    search, twice = answer.allocation.rows()
    assert answer.is_optimal and search["spend"] + twice["spend"] == pytest.approx(100)
    # Slopes are alike where the curves are twice as high: the larger spend is further by location × ln 2.
    location = fit.curves["location"][0]
    assert twice["spend"] - search["spend"] == pytest.approx(location * math.log(2), rel=1e-4)


def test_limits_hold_a_parameter():
    limits = [{"parameter": "location", "low": 35.0, "high": 35.0}]
    (row,) = campaign.forecast_fit_response(history(), curve="exponential", limits=limits, adstock=0.4).curves.rows()
    assert (row["location"], row["location_se"], row["adstock"]) == (pytest.approx(35, rel=1e-12), None, 0.4)


def test_what_is_not_known_is_null():
    fit = campaign.forecast_fit_response({"spend": [1.0, 2.0, 3.0], "result": [1.0, 2.0, 3.0]})
    (row,) = fit.curves.rows()
    assert (row["item"], row["status"], row["scale"], row["is_identified"]) == ("all", "too_few", None, False)
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.forecast_fit_response({"spend": [1.0, -2.0], "result": [1.0, 2.0]})
    assert (caught.value.where, caught.value.row) == ("history.spend", 1)


def test_the_picture_shows_points_curve_and_band():
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed (./dev test installs it)")
    matplotlib.use("Agg")
    data = history()
    both = {name: values + values[:3] for name, values in data.items()}
    both["item"] = ["search"] * 80 + ["fair"] * 3
    fit = campaign.forecast_fit_response(both, curve="exponential")
    figure = fit.plot()
    fair, search = figure.axes
    assert fair.get_title() == "fair: too_few" and not fair.lines
    assert search.get_title().startswith("search: exponential")
    seen, beyond = search.lines[0].get_xdata(), search.lines[1].get_xdata()
    assert seen[-1] == beyond[0] == pytest.approx(fit.curves["spend_max"][1])
    assert len(search.collections[0].get_offsets()) == 80
    matplotlib.pyplot.close(figure)


def formula(curve, numpy):
    return {
        "michaelis_menten": lambda z, scale, location, base: base + scale * z / (location + z),
        "exponential": lambda z, scale, location, base: base - scale * numpy.expm1(-z / location),
        "logistic": lambda z, scale, location, base: base + scale * numpy.tanh(z / location / 2),
    }[curve]


@pytest.mark.parametrize("curve", ["michaelis_menten", "exponential", "logistic"])
def test_scipy_finds_the_same_numbers_and_errors(curve):
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is not installed")
    numpy = pytest.importorskip("numpy")
    data = history(adstock=0.0)
    spend, result = numpy.array(data["spend"]), numpy.array(data["result"])
    start, exact = [500.0, 50.0, 100.0], {"xtol": 1e-14, "ftol": 1e-14, "gtol": 1e-14}
    best, covariance = optimize.curve_fit(formula(curve, numpy), spend, result, p0=start, **exact)
    (row,) = campaign.forecast_fit_response({"spend": spend, "result": result}, curve=curve).curves.rows()
    assert row["status"] == "identified"
    for place, name in enumerate(("scale", "location", "intercept")):
        assert row[name] == pytest.approx(best[place], rel=1e-6)
        assert row[f"{name}_se"] == pytest.approx(math.sqrt(covariance[place][place]), rel=1e-4)
