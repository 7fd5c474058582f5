/* Student's t: how far an estimate may lie from the truth when the deviation is estimated too. */
#ifndef CPN_BASE_STUDENT_H
#define CPN_BASE_STUDENT_H

#include <stdint.h>

/* Probability that |t| is at most t >= 0, with freedom >= 1 degrees of freedom. */
double cpn_student_within(double t, int64_t freedom);

/* The t that share of the distribution lies below, 0.5 <= share < 1. */
double cpn_student_quantile(double share, int64_t freedom);

#endif
