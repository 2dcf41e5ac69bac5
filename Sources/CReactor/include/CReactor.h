// What Glibc's Swift module lacks: an inner epoll descriptor for libpq's sockets whose readiness
// makes one eventfd readable, and libpq's newest way to end a batch.
#ifndef CREACTOR_H
#define CREACTOR_H

#include <stdbool.h>
#include <stdint.h>

struct pg_conn;

typedef struct reactor reactor;

typedef struct {
  uint64_t token;
  bool readable;
  bool writable;
} reactor_event;

/// NULL when the kernel refuses a descriptor; errno says why.
reactor *reactor_create(void);

/// As reactor_create, but always with the helper thread: for measuring one way against the other.
reactor *reactor_create_threaded(void);

/// Ends the helper thread, if there is one, and closes every descriptor of the reactor.
void reactor_destroy(reactor *self);

/// Whether a helper thread forwards readiness because the kernel offers no asynchronous poll.
bool reactor_is_threaded(const reactor *self);

/// A new descriptor of the eventfd, owned by the caller; -1 on failure.
int reactor_copy_wakeup(const reactor *self);

/// Watches a socket, level-triggered; a second call changes what is watched. 0, or an errno.
int reactor_watch(reactor *self, int socket, bool readable, bool writable, uint64_t token);

/// Stops watching; a socket already closed is no error.
void reactor_unwatch(reactor *self, int socket);

/// What is ready now, without waiting: the number of events, at most `events_max`.
int reactor_poll(reactor *self, reactor_event *events, int events_max);

/// Asks for one signal on the eventfd as soon as anything is ready; a second call before that signal
/// does nothing. 0, or an errno.
int reactor_arm(reactor *self);

/// To be called when the eventfd was read: the signal asked for has come.
void reactor_signalled(reactor *self);

/// Ends a batch in pipeline mode: queues a Sync without sending where libpq can (17 or newer), and
/// sends at once where it cannot. 1 on success, as libpq says it.
int reactor_send_pipeline_sync(struct pg_conn *connection);

/// Whether reactor_send_pipeline_sync leaves the sending to PQflush.
bool reactor_defers_flush(void);

/// Drops every notice of a connection, instead of libpq's habit of writing it to standard error.
void reactor_ignore_notices(struct pg_conn *connection);

#endif
