// The files of the pages under /account, embedded in the binary.
#ifndef ACCOUNT_FILES_H
#define ACCOUNT_FILES_H

#include <stddef.h>

/// One embedded file: its name within the folder, and its bytes (not terminated by a NUL).
typedef struct {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedAccountFile;

/// How many files are embedded.
size_t account_file_count(void);

/// The file at an index below `account_file_count()`.
EmbeddedAccountFile account_file(size_t index);

#endif
