package portal

import "strings"

// MethodPage is how one indicator is made.
type MethodPage struct {
	ID       string          `json:"indicator"`
	Title    string          `json:"title"`
	Sections []MethodSection `json:"sections"`
}

// MethodSection is what stands under a heading.
type MethodSection struct {
	Heading string  `json:"heading"`
	Blocks  []Block `json:"blocks"`
}

// Block is a paragraph, or the items of a list.
type Block struct {
	Text  string   `json:"text"`
	Items []string `json:"items"`
}

// methodLinks lists the indicators' pages.
func (r *request) methodLinks() ([]link, error) {
	if r.server.options.Comparer == nil {
		return []link{}, nil
	}
	methods, err := r.server.options.Comparer.Methods()
	links := []link{}
	for _, m := range methods {
		links = append(links, link{m.Title, "/methods/" + m.ID})
	}
	return links, err
}

func (r *request) method() (*page, error) {
	absent := notFound("No indicator has this name.")
	absent.Next = append([]link{{"See the methods", "/methods"}}, absent.Next...)
	if r.server.options.Comparer == nil {
		return nil, absent
	}
	methods, err := r.server.options.Comparer.Methods()
	if err != nil {
		return nil, err
	}
	for _, m := range methods {
		if m.ID == r.path["indicator"] {
			return &page{template: "method", title: m.Title, section: "Methods", trail: []link{{"Home", "/"}, {"Methods", "/methods"}}, data: readMethod(m)}, nil
		}
	}
	return nil, absent
}

// readMethod reads the little of Markdown that these pages are written in:
// headings, paragraphs on lines of their own, and lists of one level.
func readMethod(m Method) MethodPage {
	p := MethodPage{ID: m.ID, Title: m.Title, Sections: []MethodSection{}}
	open := false // whether the next line goes on with the block
	for line := range strings.Lines(m.Text) {
		line = strings.TrimSpace(line)
		heading, isHeading := strings.CutPrefix(line, "## ")
		item, isItem := strings.CutPrefix(line, "- ")
		switch {
		case isHeading:
			p.Sections, open = append(p.Sections, MethodSection{Heading: heading, Blocks: []Block{}}), false
		case line == "" || len(p.Sections) == 0:
			open = false
		default:
			at := &p.Sections[len(p.Sections)-1]
			at.add(line, item, isItem, open)
			open = true
		}
	}
	return p
}

func (s *MethodSection) add(line, item string, isItem, open bool) {
	last := len(s.Blocks) - 1
	switch {
	case isItem && last >= 0 && len(s.Blocks[last].Items) > 0:
		s.Blocks[last].Items = append(s.Blocks[last].Items, item)
	case isItem:
		s.Blocks = append(s.Blocks, Block{Items: []string{item}})
	case open && last >= 0 && len(s.Blocks[last].Items) > 0:
		items := s.Blocks[last].Items
		items[len(items)-1] += " " + line
	case open && last >= 0:
		s.Blocks[last].Text += " " + line
	default:
		s.Blocks = append(s.Blocks, Block{Text: line, Items: []string{}})
	}
}
