/* Inside of the Arrow export. Only src/table includes this. */
#ifndef CPN_TABLE_ARROW_WRITE_H
#define CPN_TABLE_ARROW_WRITE_H

#include <campaign/arrow.h>

#include "table/store.h"

/* Fill a schema and an array that stand alone afterwards; both zero after a failure, which is always memory. */
campaign_status cpn_arrow_write_schema(struct ArrowSchema *schema, const campaign_table *table, bool money_as_decimal,
                                       campaign_error *error);
campaign_status cpn_arrow_write_array(struct ArrowArray *array, const campaign_table *table, bool money_as_decimal,
                                      campaign_error *error);

#endif
