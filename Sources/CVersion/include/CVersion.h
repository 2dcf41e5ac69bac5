#ifndef CVERSION_H
#define CVERSION_H

/// The commit that this program was built from, or "unknown".
const char *_Nonnull build_commit(void);

#endif
