// Digests of the commonest passwords, embedded in the binary: README.md says which, and in what form.
#ifndef FREQUENT_PASSWORDS_H
#define FREQUENT_PASSWORDS_H

#include <stddef.h>

/// One embedded file: its name within the folder, and its bytes.
typedef struct {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedPasswordFile;

/// How many files are embedded.
size_t password_file_count(void);

/// The file at an index below `password_file_count()`.
EmbeddedPasswordFile password_file(size_t index);

#endif
