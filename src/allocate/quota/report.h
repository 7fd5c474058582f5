/* The report of the quotas: multipliers of splits, of rows and of columns, and remarks. */
#ifndef CPN_ALLOCATE_QUOTA_REPORT_H
#define CPN_ALLOCATE_QUOTA_REPORT_H

#include "allocate/quota/grid.h"

campaign_status cpn_quota_write_nodes(campaign_table **multipliers, const cpn_quota_problem *problem,
                                      const cpn_quota_nodes *nodes, campaign_error *error);
campaign_status cpn_quota_write_sides(campaign_allocate_quota_report *report, const cpn_quota_problem *problem,
                                      const cpn_quota_grid *grid, const cpn_quota_proof *proof, campaign_error *error);
campaign_status cpn_quota_write_notes(campaign_table **notes, const cpn_quota_problem *problem, campaign_error *error);

#endif
