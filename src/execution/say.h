/* Sentences from patterns: "{0} is {1} days overdue". */
#ifndef CPN_EXECUTION_SAY_H
#define CPN_EXECUTION_SAY_H

enum { CPN_SAY_TEXT = 640, CPN_SAY_WORDS = 6 };

/* Puts the words in for {0} to {5}, NULL for nothing; cut at a character where it is too long. */
void cpn_say(char sentence[CPN_SAY_TEXT], const char *pattern, const char *const words[CPN_SAY_WORDS]);

/* "1 day", "3 days". */
enum { CPN_SAY_COUNT = 64 };
void cpn_say_count(char text[CPN_SAY_COUNT], long long n, const char *one, const char *many);

/* Millionths as a percentage with at most two decimals, "116.67%"; text has room for CPN_NUMBER_TEXT. */
void cpn_say_percent(char *text, long long ppm);

#endif
