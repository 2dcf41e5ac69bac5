// The SDL files of this folder, embedded in the binary: schema/ is the contract's source of truth.
#ifndef SCHEMA_H
#define SCHEMA_H

#include <stddef.h>

/// One embedded file: its name within the folder, and its bytes (not terminated by a NUL).
typedef struct {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedSchemaFile;

/// How many files are embedded.
size_t schema_file_count(void);

/// The file at an index below `schema_file_count()`.
EmbeddedSchemaFile schema_file(size_t index);

#endif
