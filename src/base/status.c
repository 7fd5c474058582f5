/* Names and sentences of the status codes, in English and Chinese. One list, so that none is forgotten. */
#include <campaign/base.h>

#include <string.h>

#include "base/memory.h"

/* clang-format off */
#define STATUSES(X) \
    X(CAMPAIGN_OK,            "success",                                               "成功") \
    X(CAMPAIGN_E_ARGUMENT,    "an argument is missing or out of range",                "参数缺失或超出范围") \
    X(CAMPAIGN_E_NOMEM,       "out of memory",                                         "内存不足") \
    X(CAMPAIGN_E_OVERFLOW,    "a number does not fit its type",                        "数值溢出") \
    X(CAMPAIGN_E_COLUMN,      "a column is missing or has the wrong type",             "缺少列或列类型不符") \
    X(CAMPAIGN_E_VALUE,       "a value is outside its limits",                         "取值超出允许范围") \
    X(CAMPAIGN_E_SYNTAX,      "text is malformed",                                     "文本格式错误") \
    X(CAMPAIGN_E_ENCODING,    "bytes are not valid in the declared encoding",          "字节不符合所声明的编码") \
    X(CAMPAIGN_E_DUPLICATE,   "a key, name or id stands twice",                        "键、名称或编号重复") \
    X(CAMPAIGN_E_UNKNOWN,     "a key, name or id is not known",                        "未知的键、名称或编号") \
    X(CAMPAIGN_E_MISSING,     "a required field or value is absent",                   "缺少必填字段或取值") \
    X(CAMPAIGN_E_LIMIT,       "input passes a limit of depth, size or count",          "输入超过深度、大小或数量上限") \
    X(CAMPAIGN_E_INFEASIBLE,  "conditions contradict each other",                      "条件相互矛盾，无可行解") \
    X(CAMPAIGN_E_UNSUPPORTED, "well-formed, but this library cannot do it",            "格式正确，但本库不支持") \
    X(CAMPAIGN_E_CANCELLED,   "the caller cancelled the call",                         "调用方已取消") \
    X(CAMPAIGN_E_STATE,       "the handle is not in a state that allows the call",     "句柄当前状态不允许该操作") \
    X(CAMPAIGN_E_IO,          "a file could not be read or written",                   "文件读写失败")
/* clang-format on */

int32_t campaign_version(void)
{
    return CAMPAIGN_VERSION_NUMBER;
}

const char *campaign_status_name(campaign_status status)
{
    switch (status) {
#define NAME(code, en, zh)                                                                                             \
    case code: return #code;
        STATUSES(NAME)
#undef NAME
    }
    return "CAMPAIGN_E_?";
}

const char *campaign_status_text(campaign_status status, const char *language)
{
    const int is_chinese = language && strcmp(language, "zh") == 0;
    switch (status) {
#define TEXT(code, en, zh)                                                                                             \
    case code: return is_chinese ? (zh) : (en);
        STATUSES(TEXT)
#undef TEXT
    }
    return is_chinese ? "未知的状态码" : "unknown status code";
}

void campaign_text_free(char *text)
{
    cpn_free(text);
}
