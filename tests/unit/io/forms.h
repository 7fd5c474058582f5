/* Tables and sheets for the tests of forms. */
#ifndef CPN_TESTS_FORMS_H
#define CPN_TESTS_FORMS_H

#include "csv.h"

#include <campaign/io_forms.h>

/* A table from CSV whose money columns are named, "" for none. */
static inline campaign_table *table_of(const char *text, const char *money)
{
    campaign_csv_column column = CAMPAIGN_CSV_COLUMN_INIT;
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    column.name = money, column.type = CAMPAIGN_TYPE_MONEY;
    memcpy(column.currency, "CNY", 4);
    options.columns = &column, options.n_columns = *money ? 1 : 0;
    return read_with(text, &options);
}

static inline campaign_sheet sheet_of(const char *form, const campaign_table *table)
{
    campaign_sheet sheet = CAMPAIGN_SHEET_INIT;
    sheet.form = form, sheet.table = table;
    return sheet;
}

static inline campaign_form_options form_options(const char *language, int32_t money_unit)
{
    campaign_form_options options = CAMPAIGN_FORM_OPTIONS_INIT;
    options.language = language, options.money_unit = money_unit;
    return options;
}

static const char task_split_csv[] = "region,owner,customers,expected_conversion_ppm,expected_deals,sales_task,extra\n"
                                     "华东,李雷,30,500000,15.2,470000.55,x\n"
                                     "华南,韩梅梅,40,123456,3.5,-5.00,\n";

#endif
