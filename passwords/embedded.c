// Written by tools/embed: run it after adding a file to this folder.

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "FrequentPasswords.h"

static const unsigned char file_digests_txt[] = {
#embed "digests.txt"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof bytes}

static const EmbeddedPasswordFile files[] = {
  EMBEDDED("digests.txt",
           file_digests_txt),
};

size_t password_file_count(void) { return sizeof files / sizeof files[0]; }

EmbeddedPasswordFile password_file(size_t index) { return files[index]; }
