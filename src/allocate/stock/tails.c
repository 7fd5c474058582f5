/* The normal and exponential distributions with additions, products and quotients alone, so that every machine gets the
 * same digits: exp by range reduction, the normal tail by W. J. Cody's rational approximations (Mathematics of Computation
 * 23, 1969), what is sold between two levels without cancellation. */
#include <math.h>

#include "allocate/stock/store.h"

static const double root_two = 1.4142135623730951;
static const double root_two_pi = 2.5066282746310002;

double cpn_shelf_exp(double x)
{
    if (x < -745) return 0;
    /* ln 2 in two parts: the first has 32 bits, so that its product with the whole number k is exact. */
    const double high = 6.93147180369123816490e-01, low = 1.90821492927058770002e-10;
    const double k = floor(x * 1.4426950408889634 + 0.5);
    const double r = (x - k * high) - k * low;
    double sum = 1;
    for (int n = 14; n >= 1; n--) sum = 1 + sum * r / n;
    return ldexp(sum, (int)k);
}

double cpn_shelf_rest(double x)
{
    if (x > 0.5) return 1 - cpn_shelf_exp(-x);
    double sum = 1;
    for (int n = 16; n >= 2; n--) sum = 1 - sum * x / n;
    return sum * x;
}

/* P(0 < N < z) for small z, from erf by its own rational function. */
static double middle_part(double z)
{
    static const double a[] = { 1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2,
                                3.77485237685302021e2, 3.20937758913846947e3 };
    static const double b[] = { 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3,
                                2.84423683343917062e3 };
    const double x = z / root_two, square = x * x;
    double over = a[0] * square, under = square;
    for (int i = 0; i < 3; i++) {
        over = (over + a[i + 1]) * square;
        under = (under + b[i]) * square;
    }
    return 0.5 * x * (over + a[4]) / (under + b[3]);
}

/* erfc(x) exp(x^2) for x from 0.46875 to 4. */
static double scaled_near(double x)
{
    static const double c[] = { 2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0,
                                6.61191906371416295e1,  2.98635138197400131e2,  8.81952221241769090e2,
                                1.71204761263407058e3,  2.05107837782607147e3,  1.23033935479799725e3 };
    static const double d[] = { 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2,
                                1.62138957456669019e3, 3.29079923573345963e3, 4.36261909014324716e3,
                                3.43936767414372164e3, 1.23033935480374942e3 };
    double over = c[0] * x, under = x;
    for (int i = 0; i < 7; i++) {
        over = (over + c[i + 1]) * x;
        under = (under + d[i]) * x;
    }
    return (over + c[8]) / (under + d[7]);
}

/* The same from 4 on. */
static double scaled_far(double x)
{
    static const double p[] = { 1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
                                1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4 };
    static const double q[] = { 2.56852019228982242e0, 1.87295284992346047e0, 5.27905102951428412e-1,
                                6.05183413124413191e-2, 2.33520497626869185e-3 };
    const double inverse = 1 / (x * x);
    double over = p[0] * inverse, under = inverse;
    for (int i = 0; i < 4; i++) {
        over = (over + p[i + 1]) * inverse;
        under = (under + q[i]) * inverse;
    }
    return (5.6418958354775628695e-1 - inverse * (over + p[5]) / (under + q[4])) / x;
}

/* Density and P(N > z) for z of 0 or more. */
static double upper_tail(double z, double *density)
{
    const double power = cpn_shelf_exp(-0.5 * z * z), x = z / root_two;
    *density = power / root_two_pi;
    if (x <= 0.46875) return 0.5 - middle_part(z);
    return 0.5 * power * (x <= 4 ? scaled_near(x) : scaled_far(x));
}

double cpn_shelf_normal_tail(double z)
{
    double density;
    return z >= 0 ? upper_tail(z, &density) : 1 - upper_tail(-z, &density);
}

/* E[(N - z)+] for z of 0 or more. */
static double upper_loss(double z)
{
    double density;
    const double tail = upper_tail(z, &density), loss = density - z * tail;
    return loss > 0 ? loss : 0;
}

double cpn_shelf_normal_loss(double z)
{
    return z >= 0 ? upper_loss(z) : upper_loss(-z) - z;
}

/* The integral of the tail from low to high, both 0 or more. Short ones by Taylor's series about the middle, whose even
 * derivatives are Hermite polynomials; its next term is below 1e-17 of the whole. Long ones as a difference of losses. */
static double tail_between(double low, double high)
{
    const double width = high - low, middle = low + width / 2;
    if (width * (high > 1 ? high : 1) >= 0.5) return upper_loss(low) - upper_loss(high);
    double density, before = 1, hermite = middle, factor = 1, series = 0;
    const double tail = upper_tail(middle, &density), square = width * width / 4;
    for (int j = 1; j <= 5; j++) {
        factor *= square / (2.0 * j * (2.0 * j + 1));
        series += factor * hermite;
        const double even = middle * hermite - (2.0 * j - 1) * before;
        hermite = middle * even - 2.0 * j * hermite;
        before = even;
    }
    return width * (tail + density * series);
}

double cpn_shelf_normal_between(double low, double high)
{
    if (low >= 0) return tail_between(low, high);
    if (high <= 0) return (high - low) - tail_between(-high, -low);
    return (-low - tail_between(0, -low)) + tail_between(0, high);
}
