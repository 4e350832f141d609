package ingest

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"sync"

	"commonspend/schemas"
)

// headBytes is how much of a content's beginning is read to tell what it is.
const headBytes = 4 << 10

// content is bytes that can be read anew from their start: a file, or a member
// of one, inflated as it is read.
type content struct {
	member string
	open   func() (io.ReadCloser, error)
	// at gives the bytes for reading in any order, as a workbook needs: the
	// file itself, or a member inflated into memory.
	at func() (io.ReaderAt, int64, error)
}

func plainContent(file *os.File, size int64) content {
	return content{
		open: func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(file, 0, size)), nil },
		// A damaged directory asks for places outside the file: for a
		// SectionReader that is the end, for a file it would be trouble of ours.
		at: func() (io.ReaderAt, int64, error) { return io.NewSectionReader(file, 0, size), size, nil },
	}
}

// inflated makes a content of one that is unpacked as it streams, at most
// `most` bytes of it.
func inflated(member string, most int64, open func() (io.ReadCloser, error)) content {
	limited := func() (io.ReadCloser, error) {
		r, err := open()
		if err != nil {
			return nil, err
		}
		return &meter{ReadCloser: r, left: most, most: most}, nil
	}
	whole := sync.OnceValues(func() (*bytes.Reader, error) {
		r, err := limited()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		all, err := io.ReadAll(r)
		return bytes.NewReader(all), err
	})
	return content{member: member, open: limited, at: func() (io.ReaderAt, int64, error) {
		r, err := whole()
		if err != nil {
			return nil, 0, err
		}
		return r, r.Size(), nil
	}}
}

// damaged turns an error met while reading a content into a Refusal, unless it
// is the disk's: packed bytes that do not unpack are the sender's to mend.
func (c content) damaged(err error) error {
	var refusal *schemas.Refusal
	var disk *fs.PathError
	if errors.As(err, &refusal) || errors.As(err, &disk) {
		return err
	}
	return refuse(c.member, "unreadable", "is damaged or cut short", "send it again")
}

// meter refuses a stream that grows past what it may hold, however little it
// was when packed.
type meter struct {
	io.ReadCloser
	left, most int64
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	if m.left -= int64(n); m.left < 0 {
		return 0, overLimit("it", strconv.FormatInt(m.most, 10)+" bytes once unpacked")
	}
	return n, err
}

// readUpTo reads n bytes, or all there are when fewer.
func readUpTo(r io.Reader, n int) ([]byte, error) {
	var out bytes.Buffer
	_, err := io.CopyN(&out, r, int64(n))
	if err == io.EOF {
		err = nil
	}
	return out.Bytes(), err
}
