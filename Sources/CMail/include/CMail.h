// One mail handed to an SMTP server by libcurl, whose calls with any number of arguments Swift
// cannot make. Everything blocks: use it on a thread that may wait.
#ifndef MI_ALEGRA_CMAIL_H
#define MI_ALEGRA_CMAIL_H

#include <stdbool.h>
#include <stddef.h>

/// Keeps a connection to the mail server from one mail to the next. For one thread at a time, but
/// for `mail_courier_stop`.
typedef struct mail_courier mail_courier;

/// Whether the connection is encrypted.
typedef enum {
  /// Refused where the server cannot.
  MAIL_TLS_REQUIRED,
  /// Where the server can.
  MAIL_TLS_OPTIONAL,
  /// Never.
  MAIL_TLS_OFF
} mail_tls;

/// How far the conversation came.
typedef enum {
  /// Connecting, the greeting, EHLO, STARTTLS.
  MAIL_STAGE_GREETING,
  /// AUTH.
  MAIL_STAGE_LOGIN,
  /// MAIL FROM.
  MAIL_STAGE_SENDER,
  /// RCPT TO.
  MAIL_STAGE_RECIPIENT,
  /// DATA, the message, and the answer to it.
  MAIL_STAGE_CONTENT
} mail_stage;

typedef struct {
  /// smtp://host:port or smtps://host:port, without user and password.
  const char *_Nonnull url;
  const char *_Nullable user;
  const char *_Nullable password;
  /// PEM, instead of the system's authorities.
  const char *_Nullable authorities_file;
  mail_tls tls;
  /// Addresses without angle brackets; the caller has checked that they are plain.
  const char *_Nonnull from;
  const char *_Nullable to;
  /// Header and body with CRLF at the ends of lines. NULL, without `to`: nothing is sent; the server
  /// is greeted, asked for encryption and login as for a mail, and says whether it is there (NOOP).
  const unsigned char *_Nullable message;
  size_t message_count;
  long connect_milliseconds;
  /// For the whole conversation.
  long send_milliseconds;
} mail_transfer;

/// What came of it.
typedef struct {
  /// Or, where nothing was to be sent: the server answered.
  bool is_sent;
  /// `mail_courier_stop` ended it.
  bool is_stopped;
  mail_stage stage;
  /// The server's last reply to the last command, such as 550; 0 where it gave none.
  int reply;
  /// That reply's words, or libcurl's where there was none; printable ASCII.
  char words[400];
} mail_report;

/// NULL where memory is not to be had.
mail_courier *_Nullable mail_courier_create(void);
void mail_courier_destroy(mail_courier *_Nonnull courier);

void mail_courier_send(
  mail_courier *_Nonnull courier, const mail_transfer *_Nonnull transfer,
  mail_report *_Nonnull report);

/// Says goodbye to the server; the next mail connects anew.
void mail_courier_hang_up(mail_courier *_Nonnull courier);

/// From any thread: a conversation that goes on ends within a second, and none begins any more.
void mail_courier_stop(mail_courier *_Nonnull courier);

#endif
