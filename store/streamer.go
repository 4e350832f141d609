package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	bindings "github.com/duckdb/duckdb-go-bindings"
	"github.com/duckdb/duckdb-go/v2/arrowmapping"
)

// Streamer reads results of any size from a finished database file without
// holding them: rows come while the query runs, a few thousand at a time. The
// driver behind OpenReadOnly gathers a result whole first, which for a large
// download is gigabytes. Streamer has its own memory and threads, so that
// downloads cannot push pages out of theirs.
type Streamer struct {
	db    bindings.Database
	spill string // the private folder of what memory does not hold

	mu     sync.Mutex
	active sync.WaitGroup
	closed bool
}

// OpenStreamer opens a database file as OpenReadOnly does.
func OpenStreamer(path string, settings Settings) (*Streamer, error) {
	var config bindings.Config
	if bindings.CreateConfig(&config) == bindings.StateError {
		return nil, fmt.Errorf("open %s: no memory for its settings", path)
	}
	defer bindings.DestroyConfig(&config)
	folder, err := spillFolder()
	if err != nil {
		return nil, err
	}
	s := &Streamer{spill: folder}
	if err := s.open(path, config, settings); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), os.RemoveAll(folder))
	}
	return s, nil
}

func (s *Streamer) open(path string, config bindings.Config, settings Settings) error {
	// Joins stay as they are written, so that only what the query names first
	// is gone through, and never held.
	options := "access_mode=read_only&temp_directory=" + s.spill + "&enable_external_access=false&" +
		"disabled_optimizers=join_order,build_side_probe_side&allocator_flush_threshold=1MB&allocator_bulk_deallocation_flush_threshold=1MB&allocator_background_threads=true&" + settings.query() + "&lock_configuration=true"
	for option := range strings.SplitSeq(options, "&") {
		name, value, _ := strings.Cut(option, "=")
		if bindings.SetConfig(config, name, value) == bindings.StateError {
			return fmt.Errorf("DuckDB has no setting %s", option)
		}
	}
	var told string
	if bindings.OpenExt(path, &s.db, config, &told) == bindings.StateError {
		return errors.New(told)
	}
	return nil
}

// Close lets go of the file, once the last Stream has ended.
func (s *Streamer) Close() {
	s.mu.Lock()
	again := s.closed
	s.closed = true
	s.mu.Unlock()
	s.active.Wait()
	if !again {
		bindings.Close(&s.db)
		os.RemoveAll(s.spill)
	}
}

func (s *Streamer) begin() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errors.New("the database was closed")
	}
	s.active.Add(1)
	return nil
}

// Stream runs a query and hands its rows to each, batch by batch in their
// order; a batch is valid until each returns, unless it is retained. args are
// int64, string or bool. The query stops as soon as ctx is done or each fails.
// A Stream that returns nil has handed over every row.
func (s *Streamer) Stream(ctx context.Context, query string, args []any, each func(arrow.RecordBatch) error) error {
	return s.run(ctx, func(conn bindings.Connection) error {
		return stream(conn, query, args, func(result *bindings.Result) error { return fetch(ctx, result, each) })
	})
}

// Schema returns the columns that Stream would hand over.
func (s *Streamer) Schema(ctx context.Context, query string, args []any) (schema *arrow.Schema, err error) {
	err = s.run(ctx, func(conn bindings.Connection) error {
		return stream(conn, query, args, func(result *bindings.Result) error {
			options := arrowmapping.ResultGetArrowOptions(result)
			defer arrowmapping.DestroyArrowOptions(&options)
			schema, err = arrowSchema(result, options)
			return err
		})
	})
	return schema, err
}

// run gives do a connection, and interrupts what it does when ctx is done.
func (s *Streamer) run(ctx context.Context, do func(bindings.Connection) error) error {
	if err := s.begin(); err != nil {
		return err
	}
	defer s.active.Done()
	// DuckDB's result belongs to the thread that fetches it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var conn bindings.Connection
	if bindings.Connect(s.db, &conn) == bindings.StateError {
		return errors.New("connect to the database")
	}
	defer bindings.Disconnect(&conn)
	interrupted := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		bindings.Interrupt(conn)
		close(interrupted)
	})
	err := do(conn)
	if !stop() {
		<-interrupted // before the connection is let go
		return errors.Join(ctx.Err(), err)
	}
	return err
}

// stream begins a query and gives its result to take while it runs.
func stream(conn bindings.Connection, query string, args []any, take func(*bindings.Result) error) error {
	var prepared bindings.PreparedStatement
	defer bindings.DestroyPrepare(&prepared)
	if bindings.Prepare(conn, query, &prepared) == bindings.StateError {
		return errors.New(bindings.PrepareError(prepared))
	}
	for i, arg := range args {
		if err := bind(prepared, bindings.IdxT(i+1), arg); err != nil {
			return err
		}
	}
	var pending bindings.PendingResult
	defer bindings.DestroyPending(&pending)
	// Deprecated, and the only way to read rows while the query runs.
	if bindings.PendingPreparedStreaming(prepared, &pending) == bindings.StateError {
		return errors.New(bindings.PendingError(pending))
	}
	var result bindings.Result
	defer bindings.DestroyResult(&result)
	if bindings.ExecutePending(pending, &result) == bindings.StateError {
		return errors.New(bindings.ResultError(&result))
	}
	return take(&result)
}

// bind gives the value of one question mark.
func bind(prepared bindings.PreparedStatement, index bindings.IdxT, arg any) error {
	state := bindings.State(bindings.StateError)
	switch value := arg.(type) {
	case int64:
		state = bindings.BindInt64(prepared, index, value)
	case int:
		state = bindings.BindInt64(prepared, index, int64(value))
	case string:
		state = bindings.BindVarcharLength(prepared, index, value, bindings.IdxT(len(value)))
	case bool:
		state = bindings.BindBoolean(prepared, index, value)
	default:
		return fmt.Errorf("a value of type %T cannot be bound", arg)
	}
	if state == bindings.StateError {
		return fmt.Errorf("value %d cannot be bound", index)
	}
	return nil
}

// fetch hands over chunk after chunk until an empty one.
func fetch(ctx context.Context, result *bindings.Result, each func(arrow.RecordBatch) error) error {
	options := arrowmapping.ResultGetArrowOptions(result)
	defer arrowmapping.DestroyArrowOptions(&options)
	schema, err := arrowSchema(result, options)
	if err != nil {
		return err
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		chunk := bindings.FetchChunk(*result)
		if chunk.Ptr == nil {
			if told := bindings.ResultError(result); told != "" {
				return errors.New(told)
			}
			return nil
		}
		err := handOver(options, schema, chunk, each)
		bindings.DestroyDataChunk(&chunk)
		if err != nil {
			return err
		}
	}
}

func handOver(options arrowmapping.ArrowOptions, schema *arrow.Schema, chunk bindings.DataChunk, each func(arrow.RecordBatch) error) error {
	batch, failed := arrowmapping.DataChunkToArrowArray(options, schema, chunk)
	if err := dataError(failed); err != nil {
		return err
	}
	defer batch.Release()
	return each(batch)
}

func arrowSchema(result *bindings.Result, options arrowmapping.ArrowOptions) (*arrow.Schema, error) {
	count := bindings.ColumnCount(result)
	names, kinds := make([]string, count), make([]bindings.LogicalType, count)
	for i := range count {
		names[i], kinds[i] = bindings.ColumnName(result, i), bindings.ColumnLogicalType(result, i)
		defer bindings.DestroyLogicalType(&kinds[i])
	}
	schema, failed := arrowmapping.NewArrowSchema(options, kinds, names)
	return schema, dataError(failed)
}

func dataError(failed bindings.ErrorData) error {
	defer bindings.DestroyErrorData(&failed)
	if !bindings.ErrorDataHasError(failed) {
		return nil
	}
	return errors.New(bindings.ErrorDataMessage(failed))
}
