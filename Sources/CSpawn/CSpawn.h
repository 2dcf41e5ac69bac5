#ifndef MI_ALEGRA_CSPAWN_H
#define MI_ALEGRA_CSPAWN_H

#include <spawn.h>

/* glibc 2.34; spawn.h declares it for _GNU_SOURCE alone, without which Swift reads it. */
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

#endif
