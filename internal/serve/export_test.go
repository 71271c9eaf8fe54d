package serve

import "parley/internal/account"

// Need is a row of the table of who may call what.
type Need struct {
	Scope string
	Role  account.Role
}

// Access is that table, for tests.
func Access() map[string]Need {
	scopes := map[scope]string{open: "open", archive: "archive", whole: "whole", person: "person", browser: "browser", keeper: "keeper"}
	table := map[string]Need{}
	for id, n := range access() {
		table[id] = Need{scopes[n.scope], n.role}
	}
	return table
}

// Deciders says who may decide what.
func Deciders() map[string]account.Role { return deciders() }
