package main

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// configFile is commonspend.yaml as written: every value with its place.
type configFile struct {
	Data       placed        `yaml:"data"`
	Listen     placed        `yaml:"listen"`
	Contact    placed        `yaml:"contact"`
	Schedule   placed        `yaml:"schedule"`
	Fetch      configFetch   `yaml:"fetch"`
	Limits     configLimits  `yaml:"limits"`
	Submit     configSubmit  `yaml:"submit"`
	Publishers []configEntry `yaml:"publishers"`
}

type configFetch struct {
	Gap           placed `yaml:"gap"`
	Timeout       placed `yaml:"timeout"`
	MaxSize       placed `yaml:"max_size"`
	AllowLoopback placed `yaml:"allow_loopback"`
	AllowPrivate  placed `yaml:"allow_private"`
}

type configSubmit struct {
	MaxSize placed `yaml:"max_size"`
}

type configLimits struct {
	File    placed `yaml:"file"`
	Entry   placed `yaml:"entry"`
	Entries placed `yaml:"entries"`
	Rows    placed `yaml:"rows"`
	Columns placed `yaml:"columns"`
	Cell    placed `yaml:"cell"`
	Record  placed `yaml:"record"`
}

// configEntry is one publisher, from either kind of file.
type configEntry struct {
	ID          placed             `yaml:"id"`
	Name        placed             `yaml:"name"`
	Body        placed             `yaml:"body"`
	Sector      placed             `yaml:"sector"`
	Kind        placed             `yaml:"kind"`
	Duty        placed             `yaml:"duty"`
	Threshold   placed             `yaml:"threshold"`
	Licence     placed             `yaml:"licence"`
	Attribution placed             `yaml:"attribution"`
	Schedule    placed             `yaml:"schedule"`
	Files       []configSourceFile `yaml:"files"`
	Sources     []configSource     `yaml:"sources"`
}

type configSource struct {
	ID       placed             `yaml:"id"`
	URL      placed             `yaml:"url"`
	Period   placed             `yaml:"period"`
	Files    []configSourceFile `yaml:"files"`
	Duty     placed             `yaml:"duty"`
	Schedule placed             `yaml:"schedule"`
}

// place is where the source's files begin.
func (s configSource) place() placed {
	for _, file := range s.Files {
		return firstPlaced(file.URL, file.Period)
	}
	return placed{}
}

type configSourceFile struct {
	URL    placed `yaml:"url"`
	Period placed `yaml:"period"`
}

// placed is one value as written, its key, and where it stands. The zero value
// was not given.
type placed struct {
	key, text    string
	line, column int
}

// UnmarshalYAML takes any single value as its text: what it means is for the
// check, which knows the key.
func (p *placed) UnmarshalYAML(node ast.Node) error {
	token := node.GetToken()
	p.key = node.GetPath()[strings.LastIndex(node.GetPath(), ".")+1:]
	p.line, p.column = token.Position.Line, token.Position.Column
	p.text = strings.TrimSpace(scalarText(node))
	return nil
}

// scalarText is a single value as it was typed, so that 1.10 stays 1.10.
func scalarText(node ast.Node) string {
	switch node := node.(type) {
	case *ast.StringNode:
		return node.Value
	case *ast.LiteralNode:
		return node.Value.Value
	case *ast.NullNode:
		return ""
	}
	return node.GetToken().Value
}

// firstPlaced is the first of several values that was given, for its place.
func firstPlaced(values ...placed) placed {
	for _, value := range values {
		if value.line != 0 {
			return value
		}
	}
	return placed{}
}
