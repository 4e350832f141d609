package fault

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
	"syscall"
)

// tracer follows one program and its threads. All of its calls come from one
// thread of ours: the system lets no other command what that thread traces.
type tracer struct {
	command Command
	known   map[uint64]shape
	pid     int
	threads map[int]*thread
	full    bool // the disk has filled up
	result  Result
}

type thread struct {
	within *Call // the call it is in
	die    bool  // the program dies when this call returns
}

// Run runs a command to its end. An error means that it could not be traced.
func Run(c Command) (Result, error) {
	under, err := filepath.EvalSymlinks(c.Under)
	if err != nil {
		return Result{}, err
	}
	c.Under = under
	if c.Limit == 0 {
		c.Limit = time.Minute
	}
	t := &tracer{command: c, known: shapes(), threads: map[int]*thread{}, result: Result{Exit: -1}}
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		done <- t.run()
	}()
	err = <-done
	return t.result, err
}

func (t *tracer) run() error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	began := time.Now()
	err = t.start(write)
	write.Close()
	if err != nil {
		return err
	}
	output := make(chan string)
	go func() {
		all, _ := io.ReadAll(read) // what was read before an error is shown
		output <- string(all)
	}()
	stop, err := t.alarms()
	if err == nil {
		err = t.follow()
		stop()
	}
	t.result.Took = time.Since(began)
	t.result.Output = <-output
	return err
}

// start starts the program, which stops at its first instruction.
func (t *tracer) start(output *os.File) error {
	null, err := os.Open(os.DevNull)
	if err != nil {
		return err
	}
	defer null.Close()
	t.pid, err = syscall.ForkExec(t.command.Path, append([]string{t.command.Path}, t.command.Args...), &syscall.ProcAttr{
		Dir: t.command.Dir, Env: append(t.command.Env, tracedVariable+"=1"),
		Files: []uintptr{null.Fd(), output.Fd(), output.Fd()}, Sys: &syscall.SysProcAttr{Ptrace: true, Setpgid: true}})
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.ENOSYS) {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if err != nil {
		return fmt.Errorf("start %s: %w", t.command.Path, err)
	}
	var status unix.WaitStatus
	if _, err := unix.Wait4(t.pid, &status, 0, nil); err != nil || !status.Stopped() {
		return fmt.Errorf("%w: the program did not stop when it started (%v)", ErrUnavailable, err)
	}
	t.threads[t.pid] = &thread{}
	err = unix.PtraceSetOptions(t.pid, unix.PTRACE_O_EXITKILL|unix.PTRACE_O_TRACESYSGOOD|unix.PTRACE_O_TRACESECCOMP|
		unix.PTRACE_O_TRACECLONE|unix.PTRACE_O_TRACEFORK|unix.PTRACE_O_TRACEVFORK|unix.PTRACE_O_TRACEEXEC)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return unix.PtraceCont(t.pid, 0)
}

// alarms kills the program at the moment asked for, or when it hangs.
func (t *tracer) alarms() (stop func(), err error) {
	fd, err := unix.PidfdOpen(t.pid, 0)
	if err != nil {
		return nil, err
	}
	kill := func() { _ = unix.PidfdSendSignal(fd, unix.SIGKILL, nil, 0) } // it may have ended by itself
	hung := make(chan bool, 1)
	timers := []*time.Timer{time.AfterFunc(t.command.Limit, func() { hung <- true; kill() })}
	if t.command.Kill > 0 {
		timers = append(timers, time.AfterFunc(t.command.Kill, kill))
	}
	return func() {
		for _, timer := range timers {
			timer.Stop()
		}
		select {
		case t.result.Hung = <-hung:
		default:
		}
		unix.Close(fd)
	}, nil
}

// follow answers every stop until the last thread has gone. It waits for the
// program's process group alone: our thread may have other children, started
// before it was ours.
func (t *tracer) follow() error {
	for {
		var status unix.WaitStatus
		tid, err := unix.Wait4(-t.pid, &status, unix.WALL|unix.WNOTHREAD, nil)
		switch {
		case err == unix.EINTR:
		case err == unix.ECHILD:
			return nil
		case err != nil:
			return fmt.Errorf("wait for the program: %w", err)
		case status.Stopped():
			err = t.stopped(tid, status)
		default:
			t.gone(tid, status)
		}
		if err != nil && err != unix.EINTR && err != unix.ESRCH { // ESRCH: killed meanwhile
			return err
		}
	}
}

func (t *tracer) gone(tid int, status unix.WaitStatus) {
	if thread := t.threads[tid]; thread != nil && thread.within != nil {
		t.result.Inside = append(t.result.Inside, *thread.within)
	}
	delete(t.threads, tid)
	if tid == t.pid && status.Exited() {
		t.result.Exit = status.ExitStatus()
	}
}

func (t *tracer) stopped(tid int, status unix.WaitStatus) error {
	signal := status.StopSignal()
	known := t.threads[tid]
	if known == nil {
		known = &thread{}
		t.threads[tid] = known
		if signal == unix.SIGSTOP {
			return unix.PtraceCont(tid, 0) // how a new thread begins
		}
	}
	switch {
	case status.TrapCause() == unix.PTRACE_EVENT_SECCOMP:
		return t.enter(tid, known)
	case status.TrapCause() > 0:
		return unix.PtraceCont(tid, 0)
	case signal == unix.SIGTRAP|0x80:
		return t.leave(tid, known)
	}
	return unix.PtraceCont(tid, int(signal))
}

// enter is told that a thread is about to make a call.
func (t *tracer) enter(tid int, thread *thread) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(tid, &regs); err != nil {
		return err
	}
	shape := t.known[regs.Orig_rax]
	call, ok := shape.locate(tid, &regs, t.command.Under)
	if !ok {
		return unix.PtraceCont(tid, 0)
	}
	t.result.Calls = append(t.result.Calls, call)
	do := Nothing
	if len(t.result.Calls) == t.command.At {
		do, t.result.Met = t.command.Do, true
		t.full = do == Full
	}
	if t.full && shape.space {
		return fail(tid, &regs, unix.ENOSPC)
	}
	return t.meet(tid, thread, call, shape, &regs, do)
}

// meet lets a call be made as the action has it.
func (t *tracer) meet(tid int, thread *thread, call Call, shape shape, regs *unix.PtraceRegs, do Action) error {
	writes := shape.length >= 0 && argument(regs, 2) > 1
	switch {
	case do == EIO || do == Short && !writes:
		return fail(tid, regs, unix.EIO)
	case do == Kill:
		return unix.Kill(t.pid, unix.SIGKILL)
	case (do == Short || do == Torn) && writes:
		regs.Rdx /= 2 // of every write with a length, its third argument
		if err := unix.PtraceSetRegs(tid, regs); err != nil {
			return err
		}
	}
	thread.die = do == Torn
	thread.within = &call
	return unix.PtraceSyscall(tid, 0)
}

// fail lets a call return an error without being made.
func fail(tid int, regs *unix.PtraceRegs, errno unix.Errno) error {
	regs.Orig_rax = ^uint64(0)
	regs.Rax = -uint64(errno)
	if err := unix.PtraceSetRegs(tid, regs); err != nil {
		return err
	}
	return unix.PtraceCont(tid, 0)
}

// leave is told that a thread's call has returned.
func (t *tracer) leave(tid int, thread *thread) error {
	thread.within = nil
	if thread.die {
		return unix.Kill(t.pid, unix.SIGKILL)
	}
	return unix.PtraceCont(tid, 0)
}
