// Package parley is the root of the Parley module: it holds nothing but the tests of the whole tree
// (layers, house style, documentation). The program is cmd/parley.
package parley
