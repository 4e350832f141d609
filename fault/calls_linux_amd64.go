package fault

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// shape says where a call keeps what it works on: argument numbers, -1 for none.
type shape struct {
	name   string
	fd     int    // an open file
	at     [2]int // folders that paths are relative to; -1 for the working directory
	path   [2]int
	create int  // flags, of which O_CREAT makes it count
	length int  // bytes to write
	space  bool // it needs room on the disk
}

func onFile(name string, fd, length int, space bool) shape {
	return shape{name: name, fd: fd, path: [2]int{-1, -1}, create: -1, length: length, space: space}
}

func onPath(name string, at, path int, space bool) shape {
	return shape{name: name, fd: -1, at: [2]int{at, -1}, path: [2]int{path, -1}, create: -1, length: -1, space: space}
}

func onPaths(name string, at, path [2]int) shape {
	return shape{name: name, fd: -1, at: at, path: path, create: -1, length: -1}
}

func opening(name string, at, path, flags int) shape {
	s := onPath(name, at, path, true)
	s.create = flags
	return s
}

// shapes are the calls that count: all that change a file or a folder.
func shapes() map[uint64]shape {
	return map[uint64]shape{
		unix.SYS_WRITE:           onFile("write", 0, 2, true),
		unix.SYS_PWRITE64:        onFile("pwrite64", 0, 2, true),
		unix.SYS_WRITEV:          onFile("writev", 0, -1, true),
		unix.SYS_PWRITEV:         onFile("pwritev", 0, -1, true),
		unix.SYS_PWRITEV2:        onFile("pwritev2", 0, -1, true),
		unix.SYS_SENDFILE:        onFile("sendfile", 0, -1, true),
		unix.SYS_COPY_FILE_RANGE: onFile("copy_file_range", 2, -1, true),
		unix.SYS_FTRUNCATE:       onFile("ftruncate", 0, -1, false),
		unix.SYS_FALLOCATE:       onFile("fallocate", 0, -1, true),
		unix.SYS_FSYNC:           onFile("fsync", 0, -1, false),
		unix.SYS_FDATASYNC:       onFile("fdatasync", 0, -1, false),
		unix.SYS_TRUNCATE:        onPath("truncate", -1, 0, false),
		unix.SYS_MKDIR:           onPath("mkdir", -1, 0, true),
		unix.SYS_MKDIRAT:         onPath("mkdirat", 0, 1, true),
		unix.SYS_RMDIR:           onPath("rmdir", -1, 0, false),
		unix.SYS_UNLINK:          onPath("unlink", -1, 0, false),
		unix.SYS_UNLINKAT:        onPath("unlinkat", 0, 1, false),
		unix.SYS_SYMLINK:         onPath("symlink", -1, 1, true),
		unix.SYS_SYMLINKAT:       onPath("symlinkat", 1, 2, true),
		unix.SYS_RENAME:          onPaths("rename", [2]int{-1, -1}, [2]int{0, 1}),
		unix.SYS_RENAMEAT:        onPaths("renameat", [2]int{0, 2}, [2]int{1, 3}),
		unix.SYS_RENAMEAT2:       onPaths("renameat2", [2]int{0, 2}, [2]int{1, 3}),
		unix.SYS_LINK:            onPaths("link", [2]int{-1, -1}, [2]int{0, 1}),
		unix.SYS_LINKAT:          onPaths("linkat", [2]int{0, 2}, [2]int{1, 3}),
		unix.SYS_CREAT:           onPath("creat", -1, 0, true),
		unix.SYS_OPEN:            opening("open", -1, 0, 1),
		unix.SYS_OPENAT:          opening("openat", 0, 1, 2),
	}
}

// argument returns a call's argument i of 0 to 3.
func argument(regs *unix.PtraceRegs, i int) uint64 {
	return [...]uint64{regs.Rdi, regs.Rsi, regs.Rdx, regs.R10}[i]
}

// locate returns a call with what it works on, where that is below under.
func (s shape) locate(tid int, regs *unix.PtraceRegs, under string) (Call, bool) {
	call := Call{Name: s.name}
	if s.fd >= 0 {
		path, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", tid, int32(argument(regs, s.fd))))
		call.Path = path
		return call, err == nil && below(path, under)
	}
	for i, at := range s.path {
		if at >= 0 {
			call.From, call.Path = call.Path, pathAt(tid, regs, s.at[i], at)
		}
	}
	return call, below(call.Path, under) || below(call.From, under)
}

func below(path, under string) bool {
	return path == under || strings.HasPrefix(path, under+"/")
}

// pathAt reads a path argument and makes it absolute as the program sees it.
func pathAt(tid int, regs *unix.PtraceRegs, at, path int) string {
	name := text(tid, uintptr(argument(regs, path)))
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	folder := fmt.Sprintf("/proc/%d/cwd", tid)
	if at >= 0 && int32(argument(regs, at)) != unix.AT_FDCWD {
		folder = fmt.Sprintf("/proc/%d/fd/%d", tid, int32(argument(regs, at)))
	}
	base, err := os.Readlink(folder)
	if err != nil {
		return ""
	}
	return filepath.Join(base, name)
}

// text reads a string of the traced program, which ends with a zero byte.
func text(tid int, at uintptr) string {
	var whole []byte
	for len(whole) < unix.PathMax {
		part := make([]byte, 64)
		n, err := unix.PtracePeekData(tid, at+uintptr(len(whole)), part)
		for _, b := range part[:n] {
			if b == 0 {
				return string(whole)
			}
			whole = append(whole, b)
		}
		if err != nil || n == 0 {
			break
		}
	}
	return string(whole)
}
