/* LD_PRELOAD: fsync and fdatasync fail with EIO while the file that REFUSE_SYNC names is there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int sync_or_refuse(const char *name, int fd) {
  const char *mark = getenv("REFUSE_SYNC");
  if (mark && access(mark, F_OK) == 0) {
    errno = EIO;
    return -1;
  }
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
}

int fsync(int fd) { return sync_or_refuse("fsync", fd); }
int fdatasync(int fd) { return sync_or_refuse("fdatasync", fd); }
