/* Reads the values of options. Each returns false after an explanation on stderr; option is its name without dashes. */
#ifndef CPN_CLI_ARGUMENT_VALUES_H
#define CPN_CLI_ARGUMENT_VALUES_H

#include "cli/arguments.h"

bool read_whole(int *number, const char *option, const char *text, long low, long high);
bool read_share(int *ppm, const char *text);     /* 0.2 or 20% as parts per million */
bool read_clock(int *minutes, const char *text); /* "06:00" as minutes */
bool check_currency(const char *text);
bool add_map(arguments *given, const char *text);
bool add_pair(word_pair *list, int *n, const char *option, const char *text);
bool add_file(const char **list, int *n, int most, const char *path);

#endif
