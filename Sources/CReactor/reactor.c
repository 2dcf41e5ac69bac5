#define _GNU_SOURCE
#include "CReactor.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <linux/aio_abi.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { polled_max = 64, completions_kept = 32 };

struct reactor {
  int inner;
  int wakeup;
  bool armed;
  // The kernel's asynchronous poll: completes on the eventfd, no thread between.
  aio_context_t aio;
  struct iocb request;
  int completions;
  // The helper thread, only where the kernel refuses the above (old kernels, some sandboxes).
  bool threaded;
  pthread_t thread;
  sem_t armings;
  int quit;
};

static bool aio_open(reactor *self) {
  if (syscall(SYS_io_setup, completions_kept * 2, &self->aio) != 0) return false;
  memset(&self->request, 0, sizeof self->request);
  self->request.aio_lio_opcode = IOCB_CMD_POLL;
  self->request.aio_fildes = (uint32_t)self->inner;
  self->request.aio_buf = POLLIN;
  self->request.aio_flags = IOCB_FLAG_RESFD;
  self->request.aio_resfd = (uint32_t)self->wakeup;
  return true;
}

static int aio_arm(reactor *self) {
  struct iocb *requests[1] = {&self->request};
  long submitted;
  do {
    submitted = syscall(SYS_io_submit, self->aio, 1, requests);
  } while (submitted < 0 && errno == EINTR);
  return submitted == 1 ? 0 : errno;
}

// The eventfd already told; the kernel's ring still keeps an entry for each completion.
static void aio_reap(reactor *self) {
  struct io_event events[completions_kept];
  struct timespec now = {0, 0};
  if (++self->completions < completions_kept / 2) return;
  long reaped = syscall(SYS_io_getevents, self->aio, 0, completions_kept, events, &now);
  if (reaped > 0) self->completions -= (int)reaped;
}

static void *forward(void *argument) {
  reactor *self = argument;
  struct pollfd watched[2] = {
      {.fd = self->inner, .events = POLLIN}, {.fd = self->quit, .events = POLLIN}};
  for (;;) {
    while (sem_wait(&self->armings) != 0) {
    }
    while (poll(watched, 2, -1) < 0 && errno == EINTR) {
    }
    if (watched[1].revents != 0) return NULL;
    eventfd_write(self->wakeup, 1);
  }
}

static bool thread_open(reactor *self) {
  self->quit = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->quit < 0) return false;
  if (sem_init(&self->armings, 0, 0) != 0) return false;
  self->threaded = pthread_create(&self->thread, NULL, forward, self) == 0;
  return self->threaded;
}

static reactor *create(bool threaded) {
  reactor *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->quit = -1;
  self->wakeup = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->inner = epoll_create1(EPOLL_CLOEXEC);
  bool is_open = self->wakeup >= 0 && self->inner >= 0;
  if (is_open) {
    bool polls = !threaded && aio_open(self);
    // io_setup may succeed where the poll command is unknown: only a first arming tells.
    if (polls && aio_arm(self) == 0) {
      self->armed = true;
    } else {
      if (polls) syscall(SYS_io_destroy, self->aio);
      self->aio = 0;
      is_open = thread_open(self);
    }
  }
  if (is_open) return self;
  int cause = errno;
  reactor_destroy(self);
  errno = cause;
  return NULL;
}

reactor *reactor_create(void) { return create(false); }

reactor *reactor_create_threaded(void) { return create(true); }

void reactor_destroy(reactor *self) {
  if (self->threaded) {
    eventfd_write(self->quit, 1);
    sem_post(&self->armings);
    pthread_join(self->thread, NULL);
    sem_destroy(&self->armings);
  }
  if (self->aio != 0) syscall(SYS_io_destroy, self->aio);
  if (self->quit >= 0) close(self->quit);
  if (self->inner >= 0) close(self->inner);
  if (self->wakeup >= 0) close(self->wakeup);
  free(self);
}

bool reactor_is_threaded(const reactor *self) { return self->threaded; }

int reactor_copy_wakeup(const reactor *self) { return fcntl(self->wakeup, F_DUPFD_CLOEXEC, 3); }

int reactor_watch(reactor *self, int socket, bool readable, bool writable, uint64_t token) {
  struct epoll_event event = {
      .events = (readable ? EPOLLIN : 0) | (writable ? EPOLLOUT : 0), .data.u64 = token};
  if (epoll_ctl(self->inner, EPOLL_CTL_MOD, socket, &event) == 0) return 0;
  // While it connects libpq may close its socket and open another under the same number.
  if (errno == ENOENT && epoll_ctl(self->inner, EPOLL_CTL_ADD, socket, &event) == 0) return 0;
  return errno;
}

void reactor_unwatch(reactor *self, int socket) {
  epoll_ctl(self->inner, EPOLL_CTL_DEL, socket, NULL);
}

int reactor_poll(reactor *self, reactor_event *events, int events_max) {
  struct epoll_event ready[polled_max];
  int count = epoll_wait(self->inner, ready, events_max < polled_max ? events_max : polled_max, 0);
  for (int index = 0; index < count; index++) {
    // A hang-up or an error is told by reading, so it counts as readable.
    bool hangup = (ready[index].events & (EPOLLHUP | EPOLLERR | EPOLLRDHUP)) != 0;
    events[index].token = ready[index].data.u64;
    events[index].readable = (ready[index].events & EPOLLIN) != 0 || hangup;
    events[index].writable = (ready[index].events & EPOLLOUT) != 0 || hangup;
  }
  return count < 0 ? 0 : count;
}

int reactor_arm(reactor *self) {
  if (self->armed) return 0;
  int failure = 0;
  if (self->threaded) {
    failure = sem_post(&self->armings) == 0 ? 0 : errno;
  } else {
    failure = aio_arm(self);
  }
  self->armed = failure == 0;
  return failure;
}

void reactor_signalled(reactor *self) {
  self->armed = false;
  if (!self->threaded) aio_reap(self);
}

int reactor_send_pipeline_sync(PGconn *connection) {
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
  return PQsendPipelineSync(connection);
#else
  return PQpipelineSync(connection);
#endif
}

bool reactor_defers_flush(void) {
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
  return true;
#else
  return false;
#endif
}

static void ignore(void *argument, const PGresult *notice) {
  (void)argument;
  (void)notice;
}

void reactor_ignore_notices(PGconn *connection) { PQsetNoticeReceiver(connection, ignore, NULL); }
