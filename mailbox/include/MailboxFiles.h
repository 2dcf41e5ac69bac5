// The files of the page under /dev/mail, embedded in the binary.
#ifndef MAILBOX_FILES_H
#define MAILBOX_FILES_H

#include <stddef.h>

/// One embedded file: its name within the folder, and its bytes (not terminated by a NUL).
typedef struct {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedMailboxFile;

/// How many files are embedded.
size_t mailbox_file_count(void);

/// The file at an index below `mailbox_file_count()`.
EmbeddedMailboxFile mailbox_file(size_t index);

#endif
