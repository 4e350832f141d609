module commonspend

go 1.26.0

require (
	github.com/apache/arrow-go/v18 v18.8.0 // record batches, the fastest way into DuckDB; successor of apache/arrow/go/v17
	github.com/chromedp/cdproto v0.159.0 // the browser's own commands, for what chromedp leaves out
	github.com/chromedp/chromedp v0.23.0 // drives a real browser in the page tests
	github.com/danielgtaylor/huma/v2 v2.37.2 // OpenAPI from the routes that serve, their checks and problem documents
	github.com/duckdb/duckdb-go-bindings v0.10506.0 // rows while a query still runs, which the driver gathers first
	github.com/duckdb/duckdb-go/v2 v2.10506.0 // the warehouse; successor of marcboeker/go-duckdb; newer tags need a module host that cannot be reached
	github.com/goccy/go-yaml v1.19.2 // the configuration, with line and column in its errors
	github.com/hashicorp/go-retryablehttp v0.7.8 // tries a fetch again and waits in between
	github.com/klauspost/compress v1.20.3 // inflates zips and workbooks faster than the standard library
	github.com/richardlehane/mscfb v1.0.9 // the compound file that an XLS workbook lies in
	github.com/robfig/cron/v3 v3.0.1 // schedules of sources
	github.com/rogpeppe/go-internal v1.16.0 // end-to-end scripts with their inputs inline
	github.com/schollz/progressbar/v3 v3.19.1 // the progress bar on a terminal
	github.com/spf13/cobra v1.10.2 // commands, flags and their help
	github.com/spf13/pflag v1.0.10 // cobra's flags, one by one: which is nearest to one that does not exist
	github.com/xuri/excelize/v2 v2.11.1 // writes workbooks, and is the oracle for reading them
	golang.org/x/net v0.62.0 // parses HTML, in the tests of pages
	golang.org/x/sync v0.24.0 // several things at once, stopping at the first error
	golang.org/x/sys v0.49.0 // file locks, free space, memory maps
	golang.org/x/term v0.47.0 // whether stderr is a terminal
	golang.org/x/text v0.43.0 // cp1252, Mac Roman, cp850 and UTF-16
)

require (
	github.com/BurntSushi/toml v1.4.1-0.20240526193622-a339e1f7089c // indirect
	github.com/andybalholm/brotli v1.2.3 // indirect
	github.com/apache/thrift v0.24.0 // indirect
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	github.com/duckdb/duckdb-go-bindings/lib/darwin-amd64 v0.10506.0 // indirect
	github.com/duckdb/duckdb-go-bindings/lib/darwin-arm64 v0.10506.0 // indirect
	github.com/duckdb/duckdb-go-bindings/lib/linux-amd64 v0.10506.0 // indirect
	github.com/duckdb/duckdb-go-bindings/lib/linux-arm64 v0.10506.0 // indirect
	github.com/duckdb/duckdb-go-bindings/lib/windows-amd64 v0.10506.0 // indirect
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
	github.com/go-viper/mapstructure/v2 v2.5.0 // indirect
	github.com/goccy/go-json v0.10.6 // indirect
	github.com/google/flatbuffers v25.12.19+incompatible // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/hashicorp/go-cleanhttp v0.5.2 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/klauspost/cpuid/v2 v2.4.0 // indirect
	github.com/mitchellh/colorstring v0.0.0-20190213212951-d06e56a500db // indirect
	github.com/pierrec/lz4/v4 v4.1.29 // indirect
	github.com/richardlehane/msoleps v1.0.6 // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	github.com/tiendc/go-deepcopy v1.7.2 // indirect
	github.com/xuri/efp v0.0.3-0.20260924042702-217b81952dec // indirect
	github.com/xuri/nfp v0.0.2-0.20250530014748-2ddeb826f9a9 // indirect
	github.com/zeebo/xxh3 v1.1.0 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/exp v0.0.0-20260112195511-716be5621a96 // indirect
	golang.org/x/exp/typeparams v0.0.0-20231108232855-2478ac86f678 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/telemetry v0.0.0-20261010193011-f71dc92da45e // indirect
	golang.org/x/tools v0.52.0 // indirect
	golang.org/x/vuln v1.9.0 // indirect
	google.golang.org/genproto/googleapis/rpc v0.0.0-20260526163538-3dc84a4a5aaa // indirect
	google.golang.org/grpc v1.83.2 // indirect
	google.golang.org/protobuf v1.36.12 // indirect
	honnef.co/go/tools v0.8.2 // indirect
)

tool (
	golang.org/x/vuln/cmd/govulncheck
	honnef.co/go/tools/cmd/staticcheck
)
