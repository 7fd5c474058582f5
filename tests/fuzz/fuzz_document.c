/* Documents: after a document is accepted, every getter answers without meeting a wrong type or an unchecked number. */
#include "fuzz.h"

#include <string.h>

#include "../unit/base/document_sample.h"

static void get_everything(const cpn_json_value *root)
{
    campaign_error error = { 0 };
    int64_t number = 0;
    FUZZ_CHECK(strlen(cpn_get_text(root, &sample_record, "currency")) > 0 || cpn_get(root, "currency"));
    const int64_t stores = cpn_get_int(root, &sample_record, "stores");
    FUZZ_CHECK(stores >= -5 && stores <= 120);
    const double factor = cpn_get_decimal(root, &sample_record, "factor");
    FUZZ_CHECK(factor >= 0.3 && factor <= 1000);
    const int32_t start = cpn_get_date(root, &sample_record, "start");
    FUZZ_CHECK(start >= CAMPAIGN_DAY_MIN && start <= CAMPAIGN_DAY_MAX);
    const int32_t tier = cpn_get_enum(root, &sample_record, "tier");
    FUZZ_CHECK(tier == 0 || tier == 1);
    (void)cpn_get_bool(root, &sample_record, "is_open");
    if (cpn_get_ppm(&number, root, &sample_record, "share", &error) == CAMPAIGN_OK)
        FUZZ_CHECK(number >= 0 && number <= 1000000);
    if (cpn_get_money(&number, root, &sample_record, "budget", 2, &error) == CAMPAIGN_OK) FUZZ_CHECK(number >= 0);
    for (const cpn_json_value *member = root->first; member; member = member->next)
        if (strcmp(member->key, "phase") == 0 && member->kind == CPN_JSON_OBJECT) {
            const int64_t days = cpn_get_int(member, &sample_phase, "days");
            FUZZ_CHECK(days >= 0 && days <= 366);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    if (cpn_document_read(&json, (const char *)data, size, &sample_kind, &error) == CAMPAIGN_OK)
        get_everything(cpn_json_root(json));
    else
        FUZZ_CHECK(json == NULL && error.code < 0 && error.message[0] != '\0');
    cpn_json_free(json);
    return 0;
}
