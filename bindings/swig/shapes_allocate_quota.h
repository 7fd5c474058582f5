/* The knob structs of campaign/allocate_quota.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_QUOTA_H
#define CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_QUOTA_H

#include "shapes.h"

#endif
