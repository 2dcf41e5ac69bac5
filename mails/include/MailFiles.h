// The templates of mails, embedded in the binary.
#ifndef MAIL_FILES_H
#define MAIL_FILES_H

#include <stddef.h>

/// One embedded file: its name within the folder, and its bytes (not terminated by a NUL).
typedef struct {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedMailFile;

/// How many files are embedded.
size_t mail_file_count(void);

/// The file at an index below `mail_file_count()`.
EmbeddedMailFile mail_file(size_t index);

#endif
