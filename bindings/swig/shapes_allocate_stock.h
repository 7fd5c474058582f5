/* The knob structs of campaign/allocate_stock.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_STOCK_H
#define CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_STOCK_H

#include "shapes.h"

#endif
