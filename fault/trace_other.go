//go:build !(linux && amd64)

package fault

// Traced returns main as it is: nothing is traced on this system.
func Traced(main func()) func() { return main }

// Run cannot trace on this system: it is written for Linux on x86-64.
func Run(Command) (Result, error) { return Result{}, ErrUnavailable }
