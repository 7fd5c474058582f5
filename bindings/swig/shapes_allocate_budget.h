/* The knob structs of campaign/allocate_budget.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_BUDGET_H
#define CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_BUDGET_H

#include "shapes.h"

#endif
