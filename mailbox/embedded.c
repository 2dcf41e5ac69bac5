// Written by tools/embed: run it after adding a file to this folder.

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "MailboxFiles.h"

static const unsigned char file_index_html[] = {
#embed "index.html"
};

static const unsigned char file_main_js[] = {
#embed "main.js"
};

static const unsigned char file_page_css[] = {
#embed "page.css"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof bytes}

static const EmbeddedMailboxFile files[] = {
  EMBEDDED("index.html",
           file_index_html),
  EMBEDDED("main.js",
           file_main_js),
  EMBEDDED("page.css",
           file_page_css),
};

size_t mailbox_file_count(void) { return sizeof files / sizeof files[0]; }

EmbeddedMailboxFile mailbox_file(size_t index) { return files[index]; }
