package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"commonspend/fault"

	"golang.org/x/sys/unix"
)

// TestDiskFull lets ingest and publish run on a disk with less and less room,
// a small one in memory: either all is done, or the program says that the disk
// is full, and once there is room the next run repairs everything.
func TestDiskFull(t *testing.T) {
	disk := t.TempDir()
	if err := mount(disk, 0, 64<<20); err != nil {
		t.Skipf("no small disk can be mounted here (%v), which takes root", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(disk, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	s := newScenario(t, smallFiles())
	s.work = disk
	for _, stage := range s.stages {
		full, rooms := 0, []int{0, 64, 1024, 8192, 24576, 40960}
		for _, kilobytes := range rooms {
			result, problems := s.squeezed(disk, stage, int64(kilobytes)<<10)
			for _, problem := range problems {
				t.Errorf("%s with %d kB of room: %s", stage.name, kilobytes, problem)
			}
			if result.Exit != 0 {
				full++
			}
		}
		if full == 0 || full == len(rooms) {
			t.Errorf("of %d runs of %s, %d met a full disk: the test tests nothing", len(rooms), stage.name, full)
		}
		t.Logf("of %d runs of %s, %d met a full disk", len(rooms), stage.name, full)
	}
}

// mount mounts a file system in memory of so many bytes, or changes its size.
func mount(folder string, flags uintptr, bytes int64) error {
	err := unix.Mount("tmpfs", folder, "tmpfs", flags, fmt.Sprintf("size=%d", bytes))
	if errors.Is(err, unix.EPERM) {
		return errors.New("permission is denied")
	}
	return err
}

// squeezed runs a stage with so much room, and again with enough.
func (s *scenario) squeezed(disk string, stage *stage, room int64) (fault.Result, []string) {
	if err := mount(disk, unix.MS_REMOUNT, 64<<20); err != nil {
		return fault.Result{}, []string{err.Error()}
	}
	dir, err := s.place(stage)
	if err != nil {
		return fault.Result{}, []string{err.Error()}
	}
	defer os.RemoveAll(filepath.Dir(dir))
	var now unix.Statfs_t
	err = unix.Statfs(disk, &now)
	if err == nil {
		err = mount(disk, unix.MS_REMOUNT, int64(now.Blocks-now.Bfree)*now.Bsize+room)
	}
	if err != nil {
		return fault.Result{}, []string{err.Error()}
	}
	result := fault.Result{Met: true}
	result.Output, result.Exit = s.run(dir, stage.args)
	problems := append(sentence(result, fault.Full), s.sound(dir, stage, result.Exit == 0)...)
	if err := mount(disk, unix.MS_REMOUNT, 64<<20); err != nil {
		return result, append(problems, err.Error())
	}
	if len(problems) > 0 {
		problems = append(problems, fmt.Sprintf("it ended with %d and said: %s", result.Exit, result.Output))
	}
	return result, append(problems, s.repaired(dir, stage)...)
}
