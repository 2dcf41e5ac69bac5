// SMTP by libcurl: see CMail.h.

#include "CMail.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

// For the server's answer to QUIT.
#define GOODBYE_SECONDS 2L

struct mail_courier {
  CURL *curl;
  atomic_bool is_stopping;
  mail_report *report;
  const unsigned char *message;
  size_t message_count;
  size_t message_sent;
  char error[CURL_ERROR_SIZE];
};

static void start_libcurl(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

mail_courier *mail_courier_create(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, start_libcurl);
  mail_courier *courier = calloc(1, sizeof *courier);
  if (courier) atomic_init(&courier->is_stopping, false);
  return courier;
}

void mail_courier_hang_up(mail_courier *courier) {
  if (!courier->curl) return;
  curl_easy_setopt(courier->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, GOODBYE_SECONDS);
  curl_easy_cleanup(courier->curl);
  courier->curl = NULL;
}

// Leaves a conversation that went wrong. libcurl may keep its connection, on which a late reply
// would be taken for the one to the next mail; and to a server that is silent nobody says goodbye.
static void leave(mail_courier *courier, bool is_silent) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (is_silent) curl_easy_getinfo(courier->curl, CURLINFO_ACTIVESOCKET, &socket);
  if (socket != CURL_SOCKET_BAD) shutdown(socket, SHUT_RDWR);
  mail_courier_hang_up(courier);
}

void mail_courier_destroy(mail_courier *courier) {
  mail_courier_hang_up(courier);
  free(courier);
}

void mail_courier_stop(mail_courier *courier) { atomic_store(&courier->is_stopping, true); }

static bool begins_with(const char *data, size_t count, const char *verb) {
  size_t length = strlen(verb);
  return count >= length && memcmp(data, verb, length) == 0;
}

static void keep_words(mail_report *report, const char *data, size_t count) {
  size_t kept = 0;
  for (size_t index = 0; index < count && kept + 1 < sizeof report->words; index += 1) {
    char byte = data[index];
    if (byte >= 0x20 && byte < 0x7f) report->words[kept++] = byte;
  }
  report->words[kept] = 0;
}

// Hears the conversation. Of what we say only the verb is looked at: a password may follow it.
static int hear(CURL *curl, curl_infotype type, char *data, size_t count, void *context) {
  (void)curl;
  mail_courier *courier = context;
  // The goodbye to the server says nothing of the mail before it.
  if (type == CURLINFO_HEADER_OUT && begins_with(data, count, "QUIT")) courier->report = NULL;
  mail_report *report = courier->report;
  if (!report) return 0;
  if (type == CURLINFO_HEADER_OUT) {
    if (begins_with(data, count, "AUTH")) {
      report->stage = MAIL_STAGE_LOGIN;
    } else if (begins_with(data, count, "MAIL FROM")) {
      report->stage = MAIL_STAGE_SENDER;
    } else if (begins_with(data, count, "RCPT TO")) {
      report->stage = MAIL_STAGE_RECIPIENT;
    } else if (begins_with(data, count, "DATA")) {
      report->stage = MAIL_STAGE_CONTENT;
    }
    report->reply = 0;
    report->words[0] = 0;
  } else if (type == CURLINFO_HEADER_IN && count >= 3) {
    int reply = 0;
    for (size_t index = 0; index < 3; index += 1) {
      if (data[index] < '0' || data[index] > '9') return 0;
      reply = reply * 10 + (data[index] - '0');
    }
    report->reply = reply;
    keep_words(report, data, count);
  }
  return 0;
}

static size_t read_message(char *buffer, size_t size, size_t items, void *context) {
  mail_courier *courier = context;
  size_t left = courier->message_count - courier->message_sent;
  size_t count = size * items < left ? size * items : left;
  memcpy(buffer, courier->message + courier->message_sent, count);
  courier->message_sent += count;
  return count;
}

static size_t ignore(char *data, size_t size, size_t items, void *context) {
  (void)data;
  (void)context;
  return size * items;
}

static int look_up(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
  (void)a;
  (void)b;
  (void)c;
  (void)d;
  return atomic_load(&((mail_courier *)context)->is_stopping) ? 1 : 0;
}

static void set_options(
  mail_courier *courier, const mail_transfer *transfer, struct curl_slist *recipients) {
  CURL *curl = courier->curl;
  // Keeps the connection.
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, transfer->url);
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
#else
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_SMTP | CURLPROTO_SMTPS));
#endif
  // A proxy for web pages, as the environment may name one, is none for mails.
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, transfer->connect_milliseconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, transfer->send_milliseconds);
  // One that rested longer was perhaps closed by the server meanwhile.
  curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, 5L);

  long tls = CURLUSESSL_ALL;
  if (transfer->tls == MAIL_TLS_OPTIONAL) tls = CURLUSESSL_TRY;
  if (transfer->tls == MAIL_TLS_OFF) tls = CURLUSESSL_NONE;
  curl_easy_setopt(curl, CURLOPT_USE_SSL, tls);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (transfer->authorities_file) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, transfer->authorities_file);
  }
  if (transfer->user) curl_easy_setopt(curl, CURLOPT_USERNAME, transfer->user);
  if (transfer->password) curl_easy_setopt(curl, CURLOPT_PASSWORD, transfer->password);

  if (transfer->message) {
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, transfer->from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)transfer->message_count);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(curl, CURLOPT_READDATA, courier);
  } else {
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "NOOP");
  }
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);

  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, courier);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, hear);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, courier);
  courier->error[0] = 0;
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, courier->error);
}

void mail_courier_send(
  mail_courier *courier, const mail_transfer *transfer, mail_report *report) {
  memset(report, 0, sizeof *report);
  if (atomic_load(&courier->is_stopping)) {
    report->is_stopped = true;
    return;
  }
  if (!courier->curl) courier->curl = curl_easy_init();
  struct curl_slist *recipients = transfer->to ? curl_slist_append(NULL, transfer->to) : NULL;
  if (!courier->curl || (transfer->to && !recipients)) {
    curl_slist_free_all(recipients);
    keep_words(report, "out of memory", 13);
    return;
  }
  courier->report = report;
  courier->message = transfer->message;
  courier->message_count = transfer->message_count;
  courier->message_sent = 0;
  set_options(courier, transfer, recipients);

  CURLcode code = curl_easy_perform(courier->curl);
  report->is_sent = code == CURLE_OK;
  report->is_stopped = code == CURLE_ABORTED_BY_CALLBACK;
  // A reply that let us go on is none to what went wrong then.
  bool is_silent = report->reply < 400;
  if (!report->is_sent && is_silent) {
    report->reply = 0;
    const char *words = courier->error[0] ? courier->error : curl_easy_strerror(code);
    keep_words(report, words, strlen(words));
  }
  // The handle outlives these.
  curl_easy_setopt(courier->curl, CURLOPT_MAIL_RCPT, NULL);
  curl_slist_free_all(recipients);
  courier->report = NULL;
  if (!report->is_sent) leave(courier, is_silent);
}
