/* libcampaign: everything but reading and writing files (io.h, which is a library of its own). */
#ifndef CAMPAIGN_CAMPAIGN_H
#define CAMPAIGN_CAMPAIGN_H

#include <campaign/allocate.h>
#include <campaign/arrow.h>
#include <campaign/base.h>
#include <campaign/calendar.h>
#include <campaign/certificate.h>
#include <campaign/followup.h>
#include <campaign/forecast.h>
#include <campaign/forecast_response.h>
#include <campaign/kpi.h>
#include <campaign/plan.h>
#include <campaign/plan_tasks.h>
#include <campaign/playbook.h>
#include <campaign/promotion_weeks.h>
#include <campaign/rapid_response.h>
#include <campaign/review.h>
#include <campaign/schedule.h>
#include <campaign/schedule_level.h>
#include <campaign/table.h>
#include <campaign/tier.h>

#endif
