package api

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"commonspend/publish/filter"

	"github.com/danielgtaylor/huma/v2"
)

// plainly says in plain sentences what huma says in those of a schema: which
// parameter, what was given, and what it takes.
func plainly(ctx huma.Context, _ string, answer any) (any, error) {
	told, ok := answer.(*huma.ErrorModel)
	if !ok || told.Status != http.StatusUnprocessableEntity || len(told.Errors) == 0 {
		return answer, nil
	}
	for _, each := range told.Errors {
		for _, parameter := range ctx.Operation().Parameters {
			if at := parameter.In + "." + parameter.Name; each.Location == at || strings.HasPrefix(each.Location, at+"[") {
				each.Message = sentence(parameter, fmt.Sprint(each.Value))
			}
		}
	}
	told.Detail = told.Errors[0].Message
	return told, nil
}

// sentence refuses what was given for a parameter, "" for nothing.
func sentence(parameter *huma.Param, given string) string {
	schema := parameter.Schema
	if schema.Type == huma.TypeArray {
		schema = schema.Items
	}
	length := utf8.RuneCountInString(given)
	switch {
	case given == "":
		return fmt.Sprintf("%q is missing: it takes %s.", parameter.Name, takes(schema))
	case len(schema.Enum) > 0:
		var list []string
		for _, value := range schema.Enum {
			list = append(list, fmt.Sprint(value))
		}
		return filter.NotAmong(parameter.Name, given, list).Sentence
	case schema.MaxLength != nil && length > *schema.MaxLength:
		return fmt.Sprintf("%q has %d characters: it takes at most %d.", parameter.Name, length, *schema.MaxLength)
	}
	return fmt.Sprintf("%q cannot be %s: it takes %s.", parameter.Name, filter.Shown(given), takes(schema))
}

// takes says in words what a parameter takes. Every pattern has its words.
func takes(schema *huma.Schema) string {
	if schema.Minimum != nil && schema.Maximum != nil {
		return fmt.Sprintf("a whole number from %.0f to %.0f", *schema.Minimum, *schema.Maximum)
	}
	return schema.PatternDescription
}
