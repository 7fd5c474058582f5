/* The plan's calendar as a picture: a line for each month, a bar for each phase, days off shaded. */
#include <stdlib.h>
#include <string.h>

#include "io/forms/html.h"

enum { LEFT = 74, DAY_WIDTH = 29, MOST_DAYS = 31, TOP = 40, LANE = 26, BAR = 11, GAP = 5, MOST_LANES = 40 };
enum { MOST_MONTHS = 36, LATIN_WIDTH = 7, LABEL_GAP = 8, RIGHT = LEFT + DAY_WIDTH * MOST_DAYS };

/* One month and how far each of its lanes is taken. */
typedef struct month {
    int32_t year, number, first, end; /* days */
    int32_t n_lanes;
    int64_t taken[MOST_LANES]; /* x that the lane is free from */
} month;

static int64_t x_of(const month *self, int32_t day)
{
    return LEFT + (int64_t)(day - self->first) * DAY_WIDTH;
}

static void start_month(month *self, int32_t day)
{
    int32_t of_month, year = 0, number = 0, any = 0;
    cpn_form_civil(&self->year, &self->number, &of_month, day);
    self->first = day - of_month + 1;
    self->end = self->first + 28;
    for (cpn_form_civil(&year, &number, &any, self->end); number == self->number;
         cpn_form_civil(&year, &number, &any, self->end))
        self->end++;
    self->n_lanes = 0;
}

static const char *phase_colour(const campaign_table *phases, int64_t row)
{
    if (cpn_page_is(phases, "phase", row, "preheat")) return "#f2c14e";
    if (cpn_page_is(phases, "phase", row, "burst")) return "#d1495b";
    if (cpn_page_is(phases, "phase", row, "closing")) return "#30a5a0";
    if (cpn_page_is(phases, "phase", row, "preparation")) return "#b8a1d9";
    return "#9fb1c4";
}

static void add_rect(cpn_page *page, int64_t x, int64_t y, int64_t width, int64_t height)
{
    cpn_page_add(page, "<rect");
    cpn_page_add_attribute(page, "x", x);
    cpn_page_add_attribute(page, "y", y);
    cpn_page_add_attribute(page, "width", width);
    cpn_page_add_attribute(page, "height", height);
}

/* A lane that is free from x on, taken up to end. */
static int32_t take_lane(month *self, int64_t x, int64_t end)
{
    int32_t lane = 0;
    while (lane < self->n_lanes && self->taken[lane] > x) lane++;
    if (lane == MOST_LANES) return MOST_LANES - 1;
    if (lane == self->n_lanes) self->n_lanes++;
    self->taken[lane] = end;
    return lane;
}

/* Where one campaign lies in a month: its bars and its name below them. */
typedef struct span {
    int32_t first, end; /* days within the month */
    int64_t label_x;
    int32_t lane;
} span;

static bool find_span(span *found, month *self, const cpn_page *page, int64_t row)
{
    const int32_t start = (int32_t)cpn_page_value(page->campaigns, "start", row);
    const int32_t end = (int32_t)cpn_page_value(page->campaigns, "end", row);
    size_t length;
    const char *name = cpn_page_text(&length, page->campaigns, "name", row);
    if (end <= self->first || start >= self->end || end <= start) return false;
    found->first = start > self->first ? start : self->first;
    found->end = end < self->end ? end : self->end;
    const int64_t width = cpn_form_width(name, length) * LATIN_WIDTH + LABEL_GAP;
    const int64_t x = x_of(self, found->first), bar_end = x_of(self, found->end);
    found->label_x = x + width > RIGHT ? RIGHT - width : x;
    if (found->label_x < LEFT) found->label_x = LEFT;
    const int64_t taken = found->label_x + width > bar_end ? found->label_x + width : bar_end;
    found->lane = take_lane(self, found->label_x < x ? found->label_x : x, taken);
    return true;
}

static bool belongs(const cpn_page *page, int64_t phase, int64_t campaign)
{
    size_t n, n_other;
    const char *id = cpn_page_text(&n, page->campaigns, "campaign", campaign);
    const char *other = cpn_page_text(&n_other, page->phases, "campaign", phase);
    return n == n_other && memcmp(id, other, n) == 0;
}

/* The bar of a phase, with what a reader of the page hears of it. */
static void add_bar(cpn_page *page, const month *self, int64_t row, int64_t y)
{
    const int32_t start = (int32_t)cpn_page_value(page->phases, "start", row);
    const int32_t end = (int32_t)cpn_page_value(page->phases, "end", row);
    const int32_t first = start > self->first ? start : self->first, last = end < self->end ? end : self->end;
    char room[CPN_FORM_CELL_ROOM];
    if (last <= first) return;
    add_rect(page, x_of(self, first) + 1, y, (int64_t)(last - first) * DAY_WIDTH - 2, BAR);
    cpn_page_add(page, " rx=\"2\" fill=\"");
    cpn_page_add(page, phase_colour(page->phases, row));
    cpn_page_add(page, "\"><title>");
    cpn_io_add(&page->text, room, cpn_form_print_day(room, start));
    cpn_page_add(page, " – ");
    cpn_io_add(&page->text, room, cpn_form_print_day(room, end - 1));
    cpn_page_add(page, "</title></rect>");
}

static void add_campaign(cpn_page *page, const month *self, int64_t row, const span *found, int64_t y)
{
    size_t length;
    const char *name = cpn_page_text(&length, page->campaigns, "name", row);
    const int64_t top = y + (int64_t)found->lane * LANE + GAP;
    for (int64_t i = 0; i < campaign_table_n_rows(page->phases); i++)
        if (belongs(page, i, row)) add_bar(page, self, i, top);
    cpn_page_add(page, "<text class=\"name\"");
    cpn_page_add_attribute(page, "x", found->label_x + 1);
    cpn_page_add_attribute(page, "y", top + BAR + 10);
    cpn_page_add(page, ">");
    cpn_page_add_line(page, name, length);
    cpn_page_add(page, "</text>");
}

/* Days off and the line under a month. */
static void add_ground(cpn_page *page, const month *self, int64_t y, int64_t height)
{
    for (int64_t row = 0; row < campaign_table_n_rows(page->days); row++) {
        const int32_t day = (int32_t)cpn_page_value(page->days, "date", row);
        if (day < self->first || day >= self->end || cpn_page_is(page->days, "kind", row, "working")) continue;
        add_rect(page, x_of(self, day), y, DAY_WIDTH, height);
        cpn_page_add(page,
                     cpn_page_is(page->days, "kind", row, "statutory") ? " fill=\"#fbe3e4\"/>" : " fill=\"#f1f3f6\"/>");
    }
    cpn_page_add(page, "<path class=\"line\" d=\"M0 ");
    cpn_page_add_number(page, y + height);
    cpn_page_add(page, "H");
    cpn_page_add_number(page, RIGHT);
    cpn_page_add(page, "\"/><text class=\"month\" x=\"0\"");
    cpn_page_add_attribute(page, "y", y + 18);
    cpn_page_add(page, ">");
    cpn_page_add_number(page, self->year);
    cpn_page_add(page, self->number < 10 ? "-0" : "-");
    cpn_page_add_number(page, self->number);
    cpn_page_add(page, "</text>");
}

/* Draws a month from y on; returns where the next one begins. */
static int64_t add_month(cpn_page *page, month *self, int64_t y)
{
    const int64_t n_rows = campaign_table_n_rows(page->campaigns);
    span *spans = cpn_io_alloc_zero(n_rows, sizeof *spans);
    bool *is_shown = cpn_io_alloc_zero(n_rows, sizeof *is_shown);
    if (spans && is_shown) {
        for (int64_t i = 0; i < n_rows; i++) is_shown[i] = find_span(&spans[i], self, page, i);
        const int64_t height = (int64_t)(self->n_lanes ? self->n_lanes : 1) * LANE + GAP;
        add_ground(page, self, y, height);
        for (int64_t i = 0; i < n_rows; i++)
            if (is_shown[i]) add_campaign(page, self, i, &spans[i], y);
        y += height;
    } else {
        page->text.has_failed = true;
    }
    free(spans);
    free(is_shown);
    return y;
}

static void add_legend(cpn_page *page)
{
    static const char *const items[][3] = {
        { "#f2c14e", "preheat", "预热" },
        { "#d1495b", "burst", "爆发" },
        { "#30a5a0", "closing", "收尾" },
        { "#9fb1c4", "feedback", "反馈" },
        { "#f1f3f6", "weekend, swapped day", "周末、调休" },
        { "#fbe3e4", "public holiday", "法定节假日" },
    };
    int64_t x = LEFT;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        const char *words = items[i][page->style.is_chinese ? 2 : 1];
        add_rect(page, x, 2, 14, 11);
        cpn_page_add(page, " rx=\"2\" fill=\"");
        cpn_page_add(page, items[i][0]);
        cpn_page_add(page, "\"/><text class=\"name\" y=\"12\"");
        cpn_page_add_attribute(page, "x", x + 19);
        cpn_page_add(page, ">");
        cpn_page_add(page, words);
        cpn_page_add(page, "</text>");
        x += 19 + cpn_form_width(words, strlen(words)) * LATIN_WIDTH + 18;
    }
    for (int64_t day = 1; day <= MOST_DAYS; day++) {
        cpn_page_add(page, "<text class=\"day\"");
        cpn_page_add_attribute(page, "x", LEFT + (day - 1) * DAY_WIDTH + DAY_WIDTH / 2);
        cpn_page_add_attribute(page, "y", TOP - 6);
        cpn_page_add(page, ">");
        cpn_page_add_number(page, day);
        cpn_page_add(page, "</text>");
    }
}

void cpn_page_add_calendar(cpn_page *page)
{
    cpn_io_text before = page->text;
    int64_t y = TOP;
    month self = { 0 };
    /* The picture's height is known when it is drawn: it is drawn aside and its frame put around it. */
    page->text = (cpn_io_text){ 0 };
    add_legend(page);
    int32_t n_months = 0;
    for (int32_t day = page->first_day; day < page->end_day && n_months < MOST_MONTHS; day = self.end, n_months++) {
        start_month(&self, day);
        y = add_month(page, &self, y);
    }
    const cpn_io_text drawn = page->text;
    page->text = before;
    page->text.has_failed = before.has_failed || drawn.has_failed;
    cpn_page_add(page, "<svg class=\"calendar\" role=\"img\" viewBox=\"0 0 ");
    cpn_page_add_number(page, RIGHT + 1);
    cpn_page_add(page, " ");
    cpn_page_add_number(page, y + 2);
    cpn_page_add(page, "\">");
    if (drawn.data) cpn_io_add(&page->text, drawn.data, (size_t)drawn.length);
    cpn_page_add(page, "</svg>\n");
    free(drawn.data);
}
