// Which commit a release was built from. `tools/build.sh release` writes the header, which git does
// not know; a debug build never looks at it, so that a commit makes nothing of it stale.

#include "CVersion.h"

#if !defined(DEBUG) && __has_include("commit.h")
#include "commit.h"
#endif

#ifndef BUILD_COMMIT
#define BUILD_COMMIT "unknown"
#endif

const char *build_commit(void) { return BUILD_COMMIT; }
