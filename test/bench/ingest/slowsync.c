/* LD_PRELOAD: every fsync and fdatasync takes SLOWSYNC_US microseconds longer, as on a disk without a power-safe cache. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int slow(const char *name, int fd) {
  const char *text = getenv("SLOWSYNC_US");
  long us = text ? atol(text) : 0;
  struct timespec pause = {us / 1000000, us % 1000000 * 1000};
  nanosleep(&pause, NULL);
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
}

int fsync(int fd) { return slow("fsync", fd); }
int fdatasync(int fd) { return slow("fdatasync", fd); }
