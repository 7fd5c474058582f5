/* GB18030 to UTF-8 by the system's own converter: iconv of the C library, or code page 54936 of Windows. */
#include <stdlib.h>
#include <string.h>

#include "io/encoding.h"

#if defined(_WIN32)
#include <windows.h>

enum { GB18030_CODE_PAGE = 54936, PIECE = 1 << 20 };

/* Bytes of the next piece, cut where no character can be open: behind a line end, or at the end of the text. */
static size_t piece_length(const char *bytes, size_t n_bytes)
{
    if (n_bytes <= PIECE) return n_bytes;
    const char *line_end = memchr(bytes + PIECE, '\n', n_bytes - PIECE);
    return line_end ? (size_t)(line_end - bytes) + 1 : n_bytes;
}

static campaign_status convert_piece(cpn_io_text *out, const char *bytes, size_t n_bytes)
{
    if (n_bytes > INT32_MAX / 4) return CAMPAIGN_E_ENCODING;
    const int n_wide = MultiByteToWideChar(GB18030_CODE_PAGE, MB_ERR_INVALID_CHARS, bytes, (int)n_bytes, NULL, 0);
    if (n_wide <= 0) return GetLastError() == ERROR_INVALID_PARAMETER ? CAMPAIGN_E_UNSUPPORTED : CAMPAIGN_E_ENCODING;
    wchar_t *wide = cpn_io_alloc(n_wide, sizeof *wide);
    char *narrow = cpn_io_alloc((int64_t)n_wide * 3, 1);
    campaign_status status = wide && narrow ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
    if (status == CAMPAIGN_OK) {
        (void)MultiByteToWideChar(GB18030_CODE_PAGE, MB_ERR_INVALID_CHARS, bytes, (int)n_bytes, wide, n_wide);
        const int n = WideCharToMultiByte(CP_UTF8, 0, wide, n_wide, narrow, n_wide * 3, NULL, NULL);
        cpn_io_add(out, narrow, (size_t)n);
        if (out->has_failed) status = CAMPAIGN_E_NOMEM;
    }
    free(wide);
    free(narrow);
    return status;
}

campaign_status cpn_io_convert_gb18030(char **text, size_t *length, size_t *n_read, const char *bytes, size_t n_bytes)
{
    cpn_io_text out = { 0 };
    campaign_status status = CAMPAIGN_OK;
    size_t i = 0;
    cpn_io_add(&out, "", 0);
    if (out.has_failed) status = CAMPAIGN_E_NOMEM;
    while (status == CAMPAIGN_OK && i < n_bytes) {
        const size_t n = piece_length(bytes + i, n_bytes - i);
        status = convert_piece(&out, bytes + i, n);
        if (status == CAMPAIGN_OK) i += n;
    }
    *text = out.data;
    *length = (size_t)out.length;
    *n_read = i;
    return status;
}

#else
#include <errno.h>
#include <iconv.h>

campaign_status cpn_io_convert_gb18030(char **text, size_t *length, size_t *n_read, const char *bytes, size_t n_bytes)
{
    const iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1) return errno == ENOMEM ? CAMPAIGN_E_NOMEM : CAMPAIGN_E_UNSUPPORTED;
    void *out = NULL;
    int64_t capacity = 0, n = 0;
    char *next = (char *)(uintptr_t)bytes; /* POSIX leaves out the const, iconv does not write */
    size_t rest = n_bytes;
    /* Two bytes of a Chinese character become three. */
    const bool has_room = cpn_io_reserve(&out, &capacity, (int64_t)n_bytes + (int64_t)n_bytes / 2 + 16, 1);
    campaign_status status = has_room ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
    while (status == CAMPAIGN_OK && rest > 0) {
        char *to = (char *)out + n;
        size_t room = (size_t)(capacity - n);
        errno = 0;
        const size_t result = iconv(converter, &next, &rest, &to, &room);
        n = to - (char *)out;
        if (result != (size_t)-1) break;
        if (errno != E2BIG) {
            status = CAMPAIGN_E_ENCODING;
        } else if (!cpn_io_reserve(&out, &capacity, capacity + 16, 1)) {
            status = CAMPAIGN_E_NOMEM;
        }
    }
    (void)iconv_close(converter);
    *text = out;
    *length = (size_t)n;
    *n_read = n_bytes - rest;
    return status;
}
#endif
