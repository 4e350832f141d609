package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"commonspend/ingest"
	"commonspend/schemas"

	"github.com/goccy/go-yaml"
)

// Config is what commonspend.yaml says; docs/commonspend.example.yaml shows
// every key. A "" or 0 was not given, unless a default is named here.
type Config struct {
	Data        string // the data directory; a relative one is taken from the file's own folder
	Listen      string // host:port of the portal
	Contact     string // told to publishers' servers: an e-mail or web address
	Schedule    string // of sources that name none
	Fetch       FetchConfig
	Limits      ingest.Limits
	SubmitBytes int64 // what is submitted on the portal must be smaller; 100 MB
	Publishers  []schemas.Publisher
	Sources     []ingest.Source
}

// FetchConfig is how sources are fetched.
type FetchConfig struct {
	Gap           time.Duration // between requests to one host; 1 second
	Timeout       time.Duration // for one file with all its tries
	MaxBytes      int64         // of one file
	AllowLoopback bool
	AllowPrivate  bool
}

// configError is a mistake in a configuration file, and where it is. Line and
// Column are 1-based, 0 where the mistake is of the whole file.
type configError struct {
	Path         string
	Line, Column int
	Sentence     string
}

func (e *configError) Error() string {
	if e.Line == 0 {
		return e.Path + ": " + e.Sentence
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Sentence)
}

// loadConfig reads and checks a configuration file. Its error is a
// *configError: the first mistake found.
func loadConfig(path string) (*Config, error) {
	text, err := readConfigFile(path)
	if err != nil {
		return nil, err
	}
	root, err := parseConfig(path, text)
	if err != nil {
		return nil, err
	}
	var written configFile
	if root != nil {
		if err := yaml.NodeToValue(root, &written, yaml.Strict()); err != nil {
			return nil, yamlError(path, err)
		}
	}
	check := newConfigCheck(path)
	config := check.config(written)
	if check.err != nil {
		return nil, check.err
	}
	if config.Data != "" && !filepath.IsAbs(config.Data) {
		config.Data = filepath.Join(filepath.Dir(path), config.Data)
	}
	return config, nil
}

// readConfigFile reads a file and says plainly why it cannot.
func readConfigFile(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err == nil {
		return bytes.TrimPrefix(text, []byte("\ufeff")), nil
	}
	sentence := "this file cannot be read: " + fileReason(err)
	if errors.Is(err, fs.ErrNotExist) {
		sentence = "there is no such file; write it, or name another"
	} else if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
		sentence = "this is a folder where a file is needed"
	}
	return nil, &configError{Path: path, Sentence: sentence}
}

// fileReason is a file error without the path, which the sentence has already.
func fileReason(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}

// fetchOptions are the options of a fetcher under this configuration.
func (c *Config) fetchOptions(version string, now func() time.Time, jitter func() float64) ingest.FetchOptions {
	return ingest.FetchOptions{
		UserAgent: ingest.UserAgent(version, c.Contact),
		Now:       now,
		Jitter:    jitter,
		Guard:     ingest.Guard{AllowLoopback: c.Fetch.AllowLoopback, AllowPrivate: c.Fetch.AllowPrivate},
		Gap:       c.Fetch.Gap,
		Timeout:   c.Fetch.Timeout,
		MaxBytes:  c.Fetch.MaxBytes,
	}
}
