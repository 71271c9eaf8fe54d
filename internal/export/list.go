package export

import (
	"bufio"
	"encoding/json"
)

// jsonList writes one JSON object that ends in a long list, without holding it.
type jsonList struct {
	w     *bufio.Writer
	begun bool
}

// writeList writes head (an object up to the opening bracket of its list), what fill adds, and the two brackets after it.
func writeList(w *bufio.Writer, head string, fill func(*jsonList) error) error {
	if _, err := w.WriteString(head); err != nil {
		return err
	}
	if err := fill(&jsonList{w: w}); err != nil {
		return err
	}
	_, err := w.WriteString("\n]}\n")
	return err
}

// add writes one element, on a line of its own.
func (l *jsonList) add(element any) error {
	raw, err := json.Marshal(element)
	if err != nil {
		return err
	}
	between := ",\n"
	if !l.begun {
		between, l.begun = "\n", true
	}
	if _, err := l.w.WriteString(between); err != nil {
		return err
	}
	_, err = l.w.Write(raw)
	return err
}
