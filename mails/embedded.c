// Written by tools/embed: run it after adding a file to this folder.

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "MailFiles.h"

static const unsigned char file_en_frame_mustache[] = {
#embed "en/frame.mustache"
};

static const unsigned char file_en_new_device_mustache[] = {
#embed "en/new_device.mustache"
};

static const unsigned char file_en_password_changed_mustache[] = {
#embed "en/password_changed.mustache"
};

static const unsigned char file_es_AR_new_device_mustache[] = {
#embed "es-AR/new_device.mustache"
};

static const unsigned char file_es_AR_password_changed_mustache[] = {
#embed "es-AR/password_changed.mustache"
};

static const unsigned char file_es_frame_mustache[] = {
#embed "es/frame.mustache"
};

static const unsigned char file_es_new_device_mustache[] = {
#embed "es/new_device.mustache"
};

static const unsigned char file_es_password_changed_mustache[] = {
#embed "es/password_changed.mustache"
};

static const unsigned char file_layout_mustache[] = {
#embed "layout.mustache"
};

static const unsigned char file_pt_frame_mustache[] = {
#embed "pt/frame.mustache"
};

static const unsigned char file_pt_new_device_mustache[] = {
#embed "pt/new_device.mustache"
};

static const unsigned char file_pt_password_changed_mustache[] = {
#embed "pt/password_changed.mustache"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof bytes}

static const EmbeddedMailFile files[] = {
  EMBEDDED("en/frame.mustache",
           file_en_frame_mustache),
  EMBEDDED("en/new_device.mustache",
           file_en_new_device_mustache),
  EMBEDDED("en/password_changed.mustache",
           file_en_password_changed_mustache),
  EMBEDDED("es-AR/new_device.mustache",
           file_es_AR_new_device_mustache),
  EMBEDDED("es-AR/password_changed.mustache",
           file_es_AR_password_changed_mustache),
  EMBEDDED("es/frame.mustache",
           file_es_frame_mustache),
  EMBEDDED("es/new_device.mustache",
           file_es_new_device_mustache),
  EMBEDDED("es/password_changed.mustache",
           file_es_password_changed_mustache),
  EMBEDDED("layout.mustache",
           file_layout_mustache),
  EMBEDDED("pt/frame.mustache",
           file_pt_frame_mustache),
  EMBEDDED("pt/new_device.mustache",
           file_pt_new_device_mustache),
  EMBEDDED("pt/password_changed.mustache",
           file_pt_password_changed_mustache),
};

size_t mail_file_count(void) { return sizeof files / sizeof files[0]; }

EmbeddedMailFile mail_file(size_t index) { return files[index]; }
