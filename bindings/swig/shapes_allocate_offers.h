/* The knob structs of campaign/allocate_offers.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_OFFERS_H
#define CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_OFFERS_H

#include "shapes.h"

#endif
