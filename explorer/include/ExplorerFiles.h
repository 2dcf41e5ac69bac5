// The files of the explorer's page, embedded in the binary.
#ifndef EXPLORER_FILES_H
#define EXPLORER_FILES_H

#include <stddef.h>

/// One embedded file: its name within the folder, and its bytes (not terminated by a NUL).
typedef struct {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedExplorerFile;

/// How many files are embedded.
size_t explorer_file_count(void);

/// The file at an index below `explorer_file_count()`.
EmbeddedExplorerFile explorer_file(size_t index);

#endif
