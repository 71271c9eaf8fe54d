package main

import (
	"encoding/json"
	"fmt"
	"sort"
)

// modelCommand is parley model.
type modelCommand struct {
	Format string `enum:"text,json" default:"text" short:"f" help:"text or json."`
	Model  string `type:"existingfile" placeholder:"FILE" help:"Show this model file instead of the one built in."`
}

// Help is shown by parley model --help.
func (*modelCommand) Help() string {
	return `Examples:
  parley model
  parley model --format json`
}

// Run prints the model's card.
func (c *modelCommand) Run(std streams) error {
	m, err := loadModel(c.Model)
	if err != nil {
		return err
	}
	head := m.Header()
	if c.Format == "json" {
		head.Tensors = nil
		enc := json.NewEncoder(std.out)
		enc.SetIndent("", "  ")
		return enc.Encode(head)
	}
	fmt.Fprintf(std.out, "%s, made %s, %d training steps\n", m.Version(), head.Created, head.Step)
	keys := make([]string, 0, len(head.Card))
	for k := range head.Card {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		value, err := json.MarshalIndent(head.Card[k], "  ", "  ")
		if err != nil {
			return fmt.Errorf("internal error: the model's card: %w", err)
		}
		fmt.Fprintf(std.out, "\n%s\n  %s\n", k, value)
	}
	return nil
}
