// How many blocks the process has asked malloc for: what an executable that links this target
// reads before and after what it measures.

#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

#include <stdint.h>

/// The calls of malloc, calloc, realloc and the aligned kinds so far, by this thread.
uint64_t allocation_count(void);

#endif
