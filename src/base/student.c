/* Student's t by its finite series: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4. */
#include "base/student.h"

#include <float.h>
#include <math.h>

/* The probability at the angle whose tangent is t / sqrt(freedom). Beyond a million degrees t is normal to 1e-6. */
static double within_angle(double angle, int64_t freedom)
{
    const double pi = 3.14159265358979323846;
    const double sine = sin(angle), cosine = cos(angle), squared = cosine * cosine;
    const int64_t odd = freedom % 2;
    if (freedom == 1) return 2 * angle / pi;
    double term = odd ? cosine : 1, sum = term;
    for (int64_t j = odd ? 3 : 2; j < freedom;
         j += 2) { /* cos + 2/3 cos^3 + …, or 1 + 1/2 cos^2 + 1·3/(2·4) cos^4 + … */
        term *= squared * (double)(j - 1) / (double)j;
        sum += term;
        if (term < sum * DBL_EPSILON / 4) break;
    }
    return odd ? 2 / pi * (angle + sine * sum) : sine * sum;
}

double cpn_student_within(double t, int64_t freedom)
{
    return within_angle(atan(t / sqrt((double)freedom)), freedom);
}

double cpn_student_quantile(double share, int64_t freedom)
{
    double low = 0, high = 1.57079632679489661923;
    const double within = 2 * share - 1;
    for (int i = 0; i < 64; i++) {
        const double middle = low + (high - low) / 2;
        if (within_angle(middle, freedom) < within)
            low = middle;
        else
            high = middle;
    }
    return tan(low) * sqrt((double)freedom);
}
