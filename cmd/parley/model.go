package main

import (
	"encoding/json"
	"fmt"
)

// modelCommand is parley model.
type modelCommand struct {
	Format string `enum:"text,json" default:"text" short:"f" help:"text or json."`
	Model  string `type:"existingfile" placeholder:"FILE" help:"Show this model file instead of the one built in."`
}

// Run prints the model's card.
func (c *modelCommand) Run(std streams) error {
	m, err := loadModel(c.Model)
	if err != nil {
		return err
	}
	card := m.Card()
	if c.Format == "json" {
		enc := json.NewEncoder(std.out)
		enc.SetIndent("", "  ")
		return enc.Encode(card)
	}
	_, err = fmt.Fprintln(std.out, card)
	return err
}
