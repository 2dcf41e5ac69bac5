// The files of the page, embedded in the binary.
#ifndef PAGE_FILES_H
#define PAGE_FILES_H

#include <stddef.h>

/// One embedded file: its name within the folder, and its bytes (not terminated by a NUL).
typedef struct {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedPageFile;

/// How many files are embedded.
size_t page_file_count(void);

/// The file at an index below `page_file_count()`.
EmbeddedPageFile page_file(size_t index);

#endif
