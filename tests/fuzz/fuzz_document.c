/* Documents: what passes the check answers every getter; what does not says why. */
#include "fuzz.h"

#include <string.h>

#include "../unit/base/document_sample.h"

/* The getters assert that what was checked is what they meet. */
static void get_all(const cpn_json_value *root)
{
    int64_t ppm = 0, minor = 0;
    (void)cpn_get_bool(root, &sample_record, "is_open");
    const int64_t stores = cpn_get_int(root, &sample_record, "stores");
    FUZZ_CHECK(stores >= -5 && stores <= 120);
    const double factor = cpn_get_decimal(root, &sample_record, "factor");
    FUZZ_CHECK(factor >= 0.3 && factor <= 1e3);
    const double share = cpn_get_decimal(root, &sample_record, "share");
    FUZZ_CHECK(share >= 0 && share <= 1);
    FUZZ_CHECK(cpn_get_ppm(&ppm, root, &sample_record, "share", NULL) == CAMPAIGN_OK || ppm == 0);
    FUZZ_CHECK(ppm >= 0 && ppm <= 1000000);
    FUZZ_CHECK(cpn_get_money(&minor, root, &sample_record, "budget", 2, NULL) == CAMPAIGN_OK || minor == 0);
    FUZZ_CHECK(minor >= 0);
    const int32_t start = cpn_get_date(root, &sample_record, "start");
    FUZZ_CHECK(start >= CAMPAIGN_DAY_MIN && start <= CAMPAIGN_DAY_MAX);
    const cpn_json_value *phase = cpn_get(root, "phase");
    const int64_t days = phase ? cpn_get_int(phase, &sample_phase, "days") : 0;
    FUZZ_CHECK(days >= 0 && days <= 366);
    FUZZ_CHECK(cpn_get_enum(root, &sample_record, "tier") <= 1);
    FUZZ_CHECK(strlen(cpn_get_text(root, &sample_record, "currency")) < (size_t)1 << 28);
    const cpn_json_value *shares = cpn_get(root, "shares"), *amounts = cpn_get(root, "amounts");
    for (const cpn_json_value *item = shares ? shares->first : NULL; item; item = item->next)
        FUZZ_CHECK(cpn_value_decimal(item) <= 1);
    for (const cpn_json_value *item = amounts ? amounts->first : NULL; item; item = item->next)
        if (item->kind != CPN_JSON_NULL) (void)cpn_value_money(&minor, item, 2, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    if (cpn_document_read(&json, (const char *)data, size, &sample_kind, &error) == CAMPAIGN_OK) {
        get_all(cpn_json_root(json));
        cpn_json_free(json);
    } else {
        FUZZ_CHECK(json == NULL && error.code < 0 && error.message[0] != '\0' && error.where[0] != '\0');
        FUZZ_CHECK(cpn_utf8_valid(error.message, strlen(error.message)) == strlen(error.message));
        FUZZ_CHECK(cpn_utf8_valid(error.where, strlen(error.where)) == strlen(error.where));
    }
    return 0;
}
