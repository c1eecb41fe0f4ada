/* SPDX-License-Identifier: Apache-2.0 */
/* thread.c - one core, which needs no locks. */

#include "mote/port.h"

unsigned port_cores(void) { return 1; }

bool port_core_start(unsigned core, void (*main)(void *argument), void *argument)
{
    (void)core, (void)main, (void)argument;
    return false;
}

void port_core_join(unsigned core) { (void)core; }

void port_mutex_init(PortMutex *mutex) { (void)mutex; }
void port_mutex_lock(PortMutex *mutex) { (void)mutex; }
bool port_mutex_try_lock(PortMutex *mutex)
{
    (void)mutex;
    return true;
}
void port_mutex_unlock(PortMutex *mutex) { (void)mutex; }
void port_yield(void) {}
