/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_date.c - dates and times of day, local and universal. */

#include "mote/port.h"
#include "natives/support.h"
#include "process/clock.h"

#define DAY 86400
#define HALF_YEAR (182 * DAY)
#define NANOSECONDS 1000000000
/* What OTP takes for a date: from 1902 where it asks the machine for its time zone. */
enum { YEAR_MIN = 1600, YEAR_MAX = 2147483646, LOCAL_YEAR_MIN = 1902 };

typedef struct DateTime {
    int64_t year;
    int month, day, hour, minute, second;
} DateTime;

/* ---- The calendar ---- */

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* Days since 1970-01-01. Years are counted from March, so that the leap day is their last; 400 of
   them have always the same number of days. */
static int64_t days_of(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = floor_div(year, 400), year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static DateTime date_of(int64_t seconds)
{
    DateTime d;
    int64_t days = floor_div(seconds, DAY), rest = seconds - days * DAY;
    days += 719468;
    int64_t era = floor_div(days, 146097), day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    d.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    d.month = (int)(month < 10 ? month + 3 : month - 9);
    d.year = era * 400 + year_of_era + (d.month <= 2);
    d.hour = (int)(rest / 3600);
    d.minute = (int)(rest / 60 % 60);
    d.second = (int)(rest % 60);
    return d;
}

static int days_in_month(int64_t year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static int64_t seconds_of(const DateTime *d)
{
    return days_of(d->year, d->month, d->day) * DAY + d->hour * 3600 + d->minute * 60 + d->second;
}

/* ---- Terms ---- */

static bool read_part(Term t, int min, int max, int *part)
{
    if (!is_small(t) || small_value(t) < min || small_value(t) > max) return false;
    *part = (int)small_value(t);
    return true;
}

static bool read_date(Term t, int year_min, DateTime *d)
{
    int year;
    if (!is_tuple_of(t, 3) || !read_part(tuple_elements(t)[0], year_min, YEAR_MAX, &year))
        return false;
    d->year = year;
    return read_part(tuple_elements(t)[1], 1, 12, &d->month) &&
           read_part(tuple_elements(t)[2], 1, days_in_month(year, d->month), &d->day);
}

/* {{Year, Month, Day}, {Hour, Minute, Second}} */
static bool read_date_time(Term t, int year_min, DateTime *d)
{
    if (!is_tuple_of(t, 2) || !read_date(tuple_elements(t)[0], year_min, d)) return false;
    Term time = tuple_elements(t)[1];
    return is_tuple_of(time, 3) && read_part(tuple_elements(time)[0], 0, 23, &d->hour) &&
           read_part(tuple_elements(time)[1], 0, 59, &d->minute) &&
           read_part(tuple_elements(time)[2], 0, 59, &d->second);
}

static Term make_date(Process *p, const DateTime *d)
{
    Term year = make_integer(p, d->year);
    if (is_none(year)) return TERM_NONE;
    return make_tuple(p, 3, year, make_small(d->month), make_small(d->day));
}

static Term make_time_of_day(Process *p, const DateTime *d)
{
    return make_tuple(p, 3, make_small(d->hour), make_small(d->minute), make_small(d->second));
}

static Term make_date_time(Process *p, int64_t seconds)
{
    DateTime d = date_of(seconds);
    Term date = make_date(p, &d), time = make_time_of_day(p, &d);
    return is_none(date) || is_none(time) ? TERM_NONE : make_tuple(p, 2, date, time);
}

/* ---- Now ---- */

static int64_t now_seconds(void) { return floor_div(clock_system_time(), NANOSECONDS); }

static int64_t local_seconds(void)
{
    int64_t now = now_seconds();
    return now + port_zone(now);
}

static Term erlang_localtime_0(Process *p, Term *args)
{
    (void)args;
    return make_date_time(p, local_seconds());
}

static Term erlang_universaltime_0(Process *p, Term *args)
{
    (void)args;
    return make_date_time(p, now_seconds());
}

static Term erlang_date_0(Process *p, Term *args)
{
    (void)args;
    DateTime d = date_of(local_seconds());
    return make_date(p, &d);
}

static Term erlang_time_0(Process *p, Term *args)
{
    (void)args;
    DateTime d = date_of(local_seconds());
    return make_time_of_day(p, &d);
}

/* ---- Conversions ---- */

static Term erlang_universaltime_to_localtime_1(Process *p, Term *args)
{
    DateTime d;
    if (!read_date_time(args[0], LOCAL_YEAR_MIN, &d)) return badarg(p);
    int64_t seconds = seconds_of(&d);
    return make_date_time(p, seconds + port_zone(seconds));
}

/* Zones east of Greenwich have larger offsets, and summer time a larger one than the rest of the
   year: the standard offset is the smaller one of two that are half a year apart. */
static int64_t universal_of(int64_t local, Term is_dst)
{
    int64_t one = port_zone(local), other = port_zone(local + HALF_YEAR);
    int64_t standard = local - (one < other ? one : other);
    if (is_dst == A(true)) return standard - 3600;
    if (is_dst == A(false)) return standard;
    if (standard + port_zone(standard) == local) return standard;
    int64_t summer = local - port_zone(standard);
    /* In the hour that is skipped in spring nothing fits. */
    return summer + port_zone(summer) == local ? summer : standard;
}

static Term erlang_localtime_to_universaltime_2(Process *p, Term *args)
{
    DateTime d;
    if (args[1] != A(undefined) && !is_boolean(args[1])) return badarg(p);
    if (!read_date_time(args[0], LOCAL_YEAR_MIN, &d)) return badarg(p);
    return make_date_time(p, universal_of(seconds_of(&d), args[1]));
}

static Term erlang_posixtime_to_universaltime_1(Process *p, Term *args)
{
    int64_t seconds;
    return integer_to_i64(args[0], &seconds) ? make_date_time(p, seconds) : badarg(p);
}

static Term erlang_universaltime_to_posixtime_1(Process *p, Term *args)
{
    DateTime d;
    if (!read_date_time(args[0], YEAR_MIN, &d)) return badarg(p);
    return make_integer(p, seconds_of(&d));
}

static const Native erlang_date_natives[] = {
    NATIVE(erlang, localtime, 0, CONSTANT),
    NATIVE(erlang, universaltime, 0, CONSTANT),
    NATIVE(erlang, date, 0, CONSTANT),
    NATIVE(erlang, time, 0, CONSTANT),
    NATIVE(erlang, universaltime_to_localtime, 1, CONSTANT),
    NATIVE(erlang, localtime_to_universaltime, 2, CONSTANT),
    NATIVE(erlang, posixtime_to_universaltime, 1, CONSTANT),
    NATIVE(erlang, universaltime_to_posixtime, 1, CONSTANT),
};
NATIVE_TABLE(erlang_date);
