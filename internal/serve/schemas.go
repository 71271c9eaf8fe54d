package serve

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/ceasefire"
)

// schemas is the registry of the OpenAPI's schemas. Types of package ceasefire carry its name, since some are called as
// others are.
func schemas() huma.Registry {
	registry := huma.NewMapRegistry("#/components/schemas/", func(t reflect.Type, hint string) string {
		name := huma.DefaultSchemaNamer(t, hint)
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if strings.HasSuffix(t.PkgPath(), "/ceasefire") {
			return "Ceasefire" + name
		}
		return name
	})
	registry.RegisterTypeAlias(reflect.TypeFor[ceasefire.Day](), reflect.TypeFor[string]()) // written as a date
	return registry
}
