package serve

import (
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/ceasefire"
)

// schemas is the registry of the OpenAPI's schemas. A type is called as in Go; one whose name another package's type has
// already carries its package's name too. Operations are registered in one order, so that names stay the same.
func schemas() huma.Registry {
	taken := map[string]reflect.Type{}
	registry := huma.NewMapRegistry("#/components/schemas/", func(t reflect.Type, hint string) string {
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
