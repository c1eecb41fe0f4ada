/* SPDX-License-Identifier: Apache-2.0 */
/* command.h - the commands of `mote`, one function each. */
#ifndef TOOLS_MOTE_COMMAND_H
#define TOOLS_MOTE_COMMAND_H

/* argv[0] is the command's name. The result is the exit status, the same everywhere: */
enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

int command_run(int argc, char **argv);
int command_check(int argc, char **argv);
int command_dis(int argc, char **argv);
int command_natives(int argc, char **argv);

/* Says on standard error what is wrong with the command line; EXIT_USAGE. `which` ends the text. */
int command_usage(const char *command, const char *what, const char *which);

/* In builds with MOTE_COVERAGE and with MOTE_NATIVES_LOG=FILE in the environment: appends a line
   "module:name/arity good|bad|both" for each native that was called. */
void coverage_write(void);

#endif
