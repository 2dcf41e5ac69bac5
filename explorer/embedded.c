// Written by tools/embed: run it after adding a file to this folder.

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "ExplorerFiles.h"

static const unsigned char file_completion_js[] = {
#embed "completion.js"
};

static const unsigned char file_documentation_js[] = {
#embed "documentation.js"
};

static const unsigned char file_dom_js[] = {
#embed "dom.js"
};

static const unsigned char file_editor_css[] = {
#embed "editor.css"
};

static const unsigned char file_editor_js[] = {
#embed "editor.js"
};

static const unsigned char file_history_js[] = {
#embed "history.js"
};

static const unsigned char file_icon_svg[] = {
#embed "icon.svg"
};

static const unsigned char file_index_html[] = {
#embed "index.html"
};

static const unsigned char file_main_js[] = {
#embed "main.js"
};

static const unsigned char file_operations_js[] = {
#embed "operations.js"
};

static const unsigned char file_page_css[] = {
#embed "page.css"
};

static const unsigned char file_paint_js[] = {
#embed "paint.js"
};

static const unsigned char file_panels_css[] = {
#embed "panels.css"
};

static const unsigned char file_panels_js[] = {
#embed "panels.js"
};

static const unsigned char file_prettify_js[] = {
#embed "prettify.js"
};

static const unsigned char file_reading_js[] = {
#embed "reading.js"
};

static const unsigned char file_request_js[] = {
#embed "request.js"
};

static const unsigned char file_response_js[] = {
#embed "response.js"
};

static const unsigned char file_schema_js[] = {
#embed "schema.js"
};

static const unsigned char file_session_js[] = {
#embed "session.js"
};

static const unsigned char file_signing_js[] = {
#embed "signing.js"
};

static const unsigned char file_storage_js[] = {
#embed "storage.js"
};

static const unsigned char file_suggestions_js[] = {
#embed "suggestions.js"
};

static const unsigned char file_tokens_js[] = {
#embed "tokens.js"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof bytes}

static const EmbeddedExplorerFile files[] = {
  EMBEDDED("completion.js",
           file_completion_js),
  EMBEDDED("documentation.js",
           file_documentation_js),
  EMBEDDED("dom.js",
           file_dom_js),
  EMBEDDED("editor.css",
           file_editor_css),
  EMBEDDED("editor.js",
           file_editor_js),
  EMBEDDED("history.js",
           file_history_js),
  EMBEDDED("icon.svg",
           file_icon_svg),
  EMBEDDED("index.html",
           file_index_html),
  EMBEDDED("main.js",
           file_main_js),
  EMBEDDED("operations.js",
           file_operations_js),
  EMBEDDED("page.css",
           file_page_css),
  EMBEDDED("paint.js",
           file_paint_js),
  EMBEDDED("panels.css",
           file_panels_css),
  EMBEDDED("panels.js",
           file_panels_js),
  EMBEDDED("prettify.js",
           file_prettify_js),
  EMBEDDED("reading.js",
           file_reading_js),
  EMBEDDED("request.js",
           file_request_js),
  EMBEDDED("response.js",
           file_response_js),
  EMBEDDED("schema.js",
           file_schema_js),
  EMBEDDED("session.js",
           file_session_js),
  EMBEDDED("signing.js",
           file_signing_js),
  EMBEDDED("storage.js",
           file_storage_js),
  EMBEDDED("suggestions.js",
           file_suggestions_js),
  EMBEDDED("tokens.js",
           file_tokens_js),
};

size_t explorer_file_count(void) { return sizeof files / sizeof files[0]; }

EmbeddedExplorerFile explorer_file(size_t index) { return files[index]; }
