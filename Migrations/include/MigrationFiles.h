// The migrations and the demo data of this folder, embedded in the binary.
#ifndef MIGRATION_FILES_H
#define MIGRATION_FILES_H

#include <stddef.h>

/// One embedded file: its path within the folder, and its bytes (not terminated by a NUL).
typedef struct {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedMigrationFile;

/// How many files are embedded.
size_t migration_file_count(void);

/// The file at an index below `migration_file_count()`.
EmbeddedMigrationFile migration_file(size_t index);

#endif
