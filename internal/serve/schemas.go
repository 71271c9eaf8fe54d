package serve

import (
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/account"
	"parley/internal/ceasefire"
	"parley/internal/record"
)

// schemaPrefix is where the OpenAPI keeps the schemas that others refer to.
const schemaPrefix = "#/components/schemas/"

// schemas is the registry of the OpenAPI's schemas. A type is called as in Go; one whose name another package's type has
// already carries its package's name too. Operations are registered in one order, so that names stay the same.
func schemas() huma.Registry {
	taken := map[string]reflect.Type{}
	registry := huma.NewMapRegistry(schemaPrefix, func(t reflect.Type, hint string) string {
		name := huma.DefaultSchemaNamer(t, hint)
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if of, ok := taken[name]; ok && of != t && t.PkgPath() != "" {
			pkg := path.Base(t.PkgPath())
			name = strings.ToUpper(pkg[:1]) + pkg[1:] + name
		}
		taken[name] = t
		return name
	})
	registry.RegisterTypeAlias(reflect.TypeFor[ceasefire.Day](), reflect.TypeFor[string]()) // written as a date
	return registry
}

// refine makes the schemas say what answers hold, so that types made from them are true: lists are lists and never null,
// what a pointer leaves out is null, words of a few are those few, and an entry's kind says what its item is.
func refine(spec *huma.OpenAPI) {
	registry := spec.Components.Schemas
	for name, schema := range registry.Map() {
		lists(schema)
		if of := registry.TypeFromRef(schemaPrefix + name); of != nil {
			mend(schema, of)
		}
	}
	for _, item := range spec.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			for _, p := range op.Parameters {
				lists(p.Schema)
			}
		}
	}
	kinds(registry)
}

// lists takes null out of every list in a schema: the API writes an empty one.
func lists(schema *huma.Schema) {
	if schema == nil {
		return
	}
	if schema.Type == huma.TypeArray {
		schema.Nullable = false
	}
	lists(schema.Items)
	if each, ok := schema.AdditionalProperties.(*huma.Schema); ok {
		lists(each)
	}
	for _, p := range schema.Properties {
		lists(p)
	}
}

// mend makes a schema say what the fields of its Go type hold.
func mend(schema *huma.Schema, of reflect.Type) {
	for _, f := range reflect.VisibleFields(of) {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := schema.Properties[name]
		if p == nil {
			continue
		}
		if f.Type.Kind() == reflect.Pointer && !strings.Contains(rest, "omitempty") && !always(of, name) {
			schema.Properties[name] = orNull(p)
		}
		if words := fewWords(of, name); words != nil {
			oneOf(p, words)
		}
		if holds(f.Type) == reflect.TypeFor[account.Role]() {
			oneOf(p, roleWords())
		}
	}
}

// always says whether a field is a pointer for its size alone, and never null.
func always(of reflect.Type, field string) bool {
	return of == reflect.TypeFor[ceasefire.Report]() && field == "agreement"
}

func orNull(schema *huma.Schema) *huma.Schema {
	if schema.Ref != "" {
		return &huma.Schema{AnyOf: []*huma.Schema{schema, {Type: "null"}}}
	}
	schema.Nullable = true
	return schema
}

// holds is the type of what a field holds: itself, or what its list or map is made of.
func holds(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// fewWords are the words that a field may hold; nil: any.
func fewWords(of reflect.Type, field string) []string {
	verdicts := []string{"confirm", "reject", "doubt"}
	return map[string][]string{
		"Entry verdict": verdicts, "Link verdict": verdicts, "articleShown verdicts": verdicts,
		"Article state": {record.Current, record.Superseded, record.Withdrawn, record.Erased},
		"Promise state": record.States(), "DayState state": ceasefireStates(), "Reading state": ceasefireStates(),
	}[of.Name()+" "+field]
}

func ceasefireStates() []string {
	return []string{string(ceasefire.Holding), string(ceasefire.Strained), string(ceasefire.Broken), string(ceasefire.NotEnough)}
}

func roleWords() (words []string) {
	for role := account.None; role <= account.Admin; role++ {
		words = append(words, role.String())
	}
	return words
}

// oneOf says that a schema, or what its list or map is made of, is one of some words.
func oneOf(schema *huma.Schema, words []string) {
	if each, ok := schema.AdditionalProperties.(*huma.Schema); ok {
		schema = each
	}
	for _, word := range words {
		schema.Enum = append(schema.Enum, word)
	}
	schema.PrecomputeMessages()
}

// kinds says that an entry is of one kind, and that its item is what that kind is.
func kinds(registry huma.Registry) {
	all := registry.Map()
	whole, union := all["Entry"], &huma.Schema{Description: "one item of an archive; its kind says what its item is"}
	items := itemTypes()
	for _, kind := range slices.Sorted(maps.Keys(items)) {
		one := *whole
		one.Properties = maps.Clone(whole.Properties)
		one.Properties["kind"] = &huma.Schema{Type: huma.TypeString, Enum: []any{kind}}
		one.Properties["item"] = registry.Schema(items[kind], true, "")
		name := strings.ToUpper(kind[:1]) + kind[1:] + "Entry"
		all[name] = &one
		union.OneOf = append(union.OneOf, &huma.Schema{Ref: schemaPrefix + name})
	}
	all["Entry"] = union
}

// itemTypes are the types of items, by the kind of their entry (docs/record.md).
func itemTypes() map[string]reflect.Type {
	return map[string]reflect.Type{
		"actor": reflect.TypeFor[record.Actor](), "place": reflect.TypeFor[record.Place](), "statement": reflect.TypeFor[record.Statement](),
		"event": reflect.TypeFor[record.Event](), "commitment": reflect.TypeFor[record.Commitment](), "contact": reflect.TypeFor[record.Contact](),
		"figure": reflect.TypeFor[record.Figure](), "contradiction": reflect.TypeFor[record.Contradiction](), "agreement": reflect.TypeFor[record.Agreement](),
	}
}
