// Preloaded into agent2: calls of the file system below BLOCK_BELOW, and names that end in .slow.test, take as many ms as the file BLOCK_SWITCH says, for the calls that it names.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void block(const char *call, const char *path) {
  const char *below = getenv("BLOCK_BELOW"), *file = getenv("BLOCK_SWITCH");
  if (!below || !file || !path || strncmp(path, below, strlen(below))) return;
  char text[64] = {0};
  int from = syscall(SYS_openat, AT_FDCWD, file, O_RDONLY);
  if (from < 0) return;
  ssize_t length = read(from, text, sizeof text - 1);
  close(from);
  char wanted[16];
  long ms;
  if (length <= 0 || sscanf(text, "%15s %ld", wanted, &ms) != 2 || strcmp(wanted, call)) return;
  struct timespec time = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&time, NULL);
}

int rename(const char *from, const char *to) {
  int (*next)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
  block("rename", to);
  return next(from, to);
}

#define OPEN(name)                                                    \
  int name(const char *path, int flags, ...) {                        \
    int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, #name);    \
    va_list rest;                                                     \
    va_start(rest, flags);                                            \
    int mode = flags & O_CREAT ? va_arg(rest, int) : 0;               \
    va_end(rest);                                                     \
    if (flags & O_CREAT) block("create", path);                       \
    return next(path, flags, mode);                                   \
  }
OPEN(open)
OPEN(open64)

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = dlsym(RTLD_NEXT, "getaddrinfo");
  size_t length = name ? strlen(name) : 0;
  if (length > 10 && !strcmp(name + length - 10, ".slow.test")) {
    sleep(30);
    return EAI_AGAIN;
  }
  return next(name, service, hints, found);
}
