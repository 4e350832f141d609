package fault

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Traced wraps a program's main: where Run started it, the system is told to
// stop it for the calls that count, and for no other, which keeps it quick.
func Traced(main func()) func() {
	return func() {
		if os.Getenv(tracedVariable) != "" {
			if err := stopAtCalls(); err != nil {
				fmt.Fprintln(os.Stderr, "fault: the calls cannot be traced:", err)
				os.Exit(125)
			}
		}
		main()
	}
}

// stopAtCalls installs a filter in every thread of this process.
func stopAtCalls() error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	steps := filter()
	program := unix.SockFprog{Len: uint16(len(steps)), Filter: &steps[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	runtime.KeepAlive(steps)
	if errno != 0 {
		return errno
	}
	return nil
}

// Offsets of what the filter reads: the call's number, and its arguments, of
// 8 bytes each with the low half first.
const (
	offsetNumber    = 0
	offsetArguments = 16
)

func filter() []unix.SockFilter {
	stop := unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_TRACE}
	allow := unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW}
	load := func(offset int) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: uint32(offset)}
	}
	steps := []unix.SockFilter{load(offsetNumber)}
	known := shapes()
	numbers := make([]uint64, 0, len(known))
	for number := range known {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	for _, number := range numbers {
		equal := unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: uint32(number), Jf: 1}
		flags := known[number].create
		if flags < 0 {
			steps = append(steps, equal, stop)
			continue
		}
		equal.Jf = 4 // over the four steps that look at the flags
		creates := unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, K: unix.O_CREAT, Jf: 1}
		steps = append(steps, equal, load(offsetArguments+8*flags), creates, stop, allow)
	}
	return append(steps, allow)
}
