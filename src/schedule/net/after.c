/* Predecessors written as text: "a; b SS+2; c FF-1; d FS+3d; e FS+48h". Items are parted by ; or , (or their full-width
 * forms); a name may hold blanks; what stands last may be a type, a lag, or both. */
#include <string.h>

#include "base/number.h"
#include "schedule/net/net.h"

typedef struct piece {
    const char *text;
    size_t length;
} piece;

static piece trim(piece p)
{
    while (p.length > 0 && (p.text[0] == ' ' || p.text[0] == '\t')) p.text++, p.length--;
    while (p.length > 0 && (p.text[p.length - 1] == ' ' || p.text[p.length - 1] == '\t')) p.length--;
    return p;
}

/* Bytes of a mark between items at text, or 0. */
static size_t mark_length(const char *text, size_t length)
{
    static const char *const wide[] = { "；", "，", "、" };
    if (*text == ';' || *text == ',') return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (length >= strlen(wide[i]) && memcmp(text, wide[i], strlen(wide[i])) == 0) return strlen(wide[i]);
    return 0;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool cpn_net_read_type(cpn_net_link_type *type, const char *text, size_t length)
{
    static const char words[4][3] = { "FS", "SS", "FF", "SF" };
    for (int32_t i = 0; i < 4 && length == 2; i++)
        if (upper(text[0]) == words[i][0] && upper(text[1]) == words[i][1]) {
            *type = (cpn_net_link_type)i;
            return true;
        }
    return false;
}

bool cpn_net_read_unit(cpn_net_unit *unit, const char *text, size_t length)
{
    static const struct {
        const char *word;
        cpn_net_unit unit;
    } words[] = {
        { "working_day", CPN_NET_WORKING_DAY },
        { "day", CPN_NET_DAY },
        { "hour", CPN_NET_HOUR },
        { "working days", CPN_NET_WORKING_DAY },
        { "days", CPN_NET_DAY },
        { "hours", CPN_NET_HOUR },
        { "工作日", CPN_NET_WORKING_DAY },
        { "天", CPN_NET_DAY },
        { "日", CPN_NET_DAY },
        { "自然日", CPN_NET_DAY },
        { "小时", CPN_NET_HOUR },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == length && memcmp(words[i].word, text, length) == 0) {
            *unit = words[i].unit;
            return true;
        }
    return false;
}

/* "+2", "-1.5d", "+48h"; a sign is needed. */
static bool read_lag(cpn_net_after *after, piece p)
{
    if (p.length < 2 || (p.text[0] != '+' && p.text[0] != '-')) return false;
    const char last = upper(p.text[p.length - 1]);
    after->has_lag_unit = last == 'D' || last == 'H' || last == 'W';
    after->lag_unit = last == 'D' ? CPN_NET_DAY : last == 'H' ? CPN_NET_HOUR : CPN_NET_WORKING_DAY;
    p.length -= after->has_lag_unit;
    return p.length >= 2 && p.text[p.length - 1] != '.' && cpn_parse_double(&after->lag, p.text, p.length);
}

/* "SS", "SS+2", "+2". */
static bool read_link(cpn_net_after *after, piece p)
{
    const bool has_type = p.length >= 2 && cpn_net_read_type(&after->type, p.text, 2);
    if (has_type && p.length == 2) return true;
    return read_lag(after, has_type ? (piece){ p.text + 2, p.length - 2 } : p);
}

static size_t last_blank(piece p)
{
    size_t at = p.length;
    while (at > 0 && p.text[at - 1] != ' ' && p.text[at - 1] != '\t') at--;
    return at;
}

/* Takes a link off the end of an item, where there is one: "b SS+2", "b SS +2". */
static void read_item(cpn_net_after *after, piece item, const cpn_net_names *names)
{
    *after = (cpn_net_after){ item.text, item.length,        cpn_net_find(names, item.text, item.length), CPN_NET_FS, 0,
                              false,     CPN_NET_WORKING_DAY };
    if (after->task >= 0) return;
    cpn_net_after link = *after;
    const size_t at = last_blank(item);
    if (at == 0 || !read_link(&link, (piece){ item.text + at, item.length - at })) return;
    piece name = trim((piece){ item.text, at });
    const size_t before = last_blank(name);
    cpn_net_link_type type;
    const bool is_lag_alone = item.text[at] == '+' || item.text[at] == '-';
    if (before > 0 && is_lag_alone && cpn_net_read_type(&type, name.text + before, name.length - before)) {
        link.type = type;
        name = trim((piece){ name.text, before });
    }
    link.name = name.text;
    link.name_length = name.length;
    link.task = cpn_net_find(names, name.text, name.length);
    *after = link;
}

bool cpn_net_next_after(cpn_net_after *after, const char **text, size_t *length, const cpn_net_names *names)
{
    while (*length > 0) {
        size_t n = 0, mark = 0;
        while (n < *length && (mark = mark_length(*text + n, *length - n)) == 0) n++;
        const piece item = trim((piece){ *text, n });
        *text += n + mark;
        *length -= n + mark;
        if (item.length == 0) continue;
        read_item(after, item, names);
        return true;
    }
    return false;
}
