/* Quantiles of Beta(1 + 4r, 5 - 4r) on a grid of ratios r and shares: the density is integrated once for each ratio, and
 * inverted. Only + - * / and scaling by powers of two decide them, so that samples are the same on every machine. */
#include "schedule/beta.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"

enum {
    N_RATIOS = 64,   /* cells of the grid of ratios */
    N_SHARES = 1024, /* of shares */
    N_STEPS = 4096,  /* of the integral, half a cell of Simpson's rule each */
    LOG_TERMS = 12,  /* 0.0295^12 / 25 is below 2^-53 */
    EXP_TERMS = 16   /* 0.347^16 / 16! is far below 2^-53 */
};

static const double log_of_2 = 0.6931471805599453;

/* Natural logarithm of x > 0 by the series of artanh. */
static double log_of(double x)
{
    int exponent;
    double m = frexp(x, &exponent);
    if (m < 0.7071067811865476) m *= 2, exponent--;
    const double s = (m - 1) / (m + 1), squared = s * s;
    double sum = 0;
    for (int i = LOG_TERMS; i >= 0; i--) sum = sum * squared + 1.0 / (2 * i + 1);
    return 2 * s * sum + exponent * log_of_2;
}

/* e^y for y <= 0 by its series around whole powers of two. */
static double exp_of(double y)
{
    if (y < -700) return 0;
    const int whole = (int)(y / log_of_2 - 0.5);
    const double rest = y - whole * log_of_2;
    double sum = 1;
    for (int i = EXP_TERMS; i >= 1; i--) sum = 1 + sum * rest / i;
    return ldexp(sum, whole);
}

/* Density of the ratio at step i, up to a factor; logs holds the logarithms of i / N_STEPS. */
static double density_at(const double *logs, double ratio, int i)
{
    const double a = 4 * ratio, b = 4 - a;
    if (i == 0) return a > 0 ? 0 : 1;
    if (i == N_STEPS) return b > 0 ? 0 : 1;
    return exp_of(a * logs[i] + b * logs[N_STEPS - i]);
}

/* Shares below the even steps, by Simpson's rule, and quantiles of even shares between them. */
static void fill_row(double *row, double *below, const double *logs, double ratio)
{
    double f0 = density_at(logs, ratio, 0);
    below[0] = 0;
    for (int i = 2; i <= N_STEPS; i += 2) {
        const double f2 = density_at(logs, ratio, i);
        below[i / 2] = below[i / 2 - 1] + f0 + 4 * density_at(logs, ratio, i - 1) + f2;
        f0 = f2;
    }
    const double total = below[N_STEPS / 2];
    int at = 0;
    for (int k = 0; k <= N_SHARES; k++) {
        const double wanted = total * k / N_SHARES;
        while (at < N_STEPS / 2 - 1 && below[at + 1] < wanted) at++;
        const double width = below[at + 1] - below[at];
        const double part = width > 0 ? (wanted - below[at]) / width : 0;
        row[k] = (at + (part < 1 ? part : 1)) / (N_STEPS / 2);
    }
    row[0] = 0;
    row[N_SHARES] = 1;
}

int32_t cpn_beta_open(cpn_beta *beta)
{
    double *logs = cpn_alloc(N_STEPS + 1, sizeof *logs), *below = cpn_alloc(N_STEPS / 2 + 1, sizeof *below);
    beta->quantiles = cpn_alloc((N_RATIOS + 1) * (N_SHARES + 1), sizeof *beta->quantiles);
    if (logs && below && beta->quantiles) {
        logs[0] = 0;
        for (int i = 1; i <= N_STEPS; i++) logs[i] = log_of((double)i / N_STEPS);
        for (int r = 0; r <= N_RATIOS; r++)
            fill_row(beta->quantiles + r * (N_SHARES + 1), below, logs, (double)r / N_RATIOS);
    }
    const bool has_room = logs && below && beta->quantiles;
    cpn_free(logs);
    cpn_free(below);
    return has_room ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
}

double cpn_beta_quantile(const cpn_beta *beta, double ratio, double share)
{
    const double r = ratio * N_RATIOS, s = share * N_SHARES;
    int row = (int)r, column = (int)s;
    if (row >= N_RATIOS) row = N_RATIOS - 1;
    if (column >= N_SHARES) column = N_SHARES - 1;
    const double *low = beta->quantiles + row * (N_SHARES + 1) + column, *high = low + N_SHARES + 1;
    const double part = s - column;
    const double a = low[0] + (low[1] - low[0]) * part, b = high[0] + (high[1] - high[0]) * part;
    return a + (b - a) * (r - row);
}

/* ---- The normal distribution ------------------------------------------------------------------------------------- */

double cpn_normal_share(double z)
{
    return 0.5 * erfc(-z * 0.70710678118654752);
}

double cpn_normal_quantile(double share)
{
    double low = -40, high = 40;
    for (int i = 0; i < 100; i++) {
        const double middle = low + (high - low) / 2;
        if (cpn_normal_share(middle) < share)
            low = middle;
        else
            high = middle;
    }
    return high;
}
