package parse

import (
	"strings"
	"sync"
)

// closed lists the words of the closed classes by part of speech.
type closed map[string]map[string]bool

var closedClasses = sync.OnceValue(func() closed {
	c := closed{}
	for _, row := range readTable("closed.tsv", 2) {
		if c[row[0]] == nil {
			c[row[0]] = map[string]bool{}
		}
		c[row[0]][row[1]] = true
	}
	return c
})

// admits says whether a form, in lower case, may have a part of speech.
func (c closed) admits(upos, form string) bool {
	forms, isClosed := c[upos]
	return !isClosed || forms[form]
}

// fits says whether a Penn tag goes with a part of speech of the open classes.
func fits(upos, xpos string) bool {
	switch upos {
	case "PROPN":
		return strings.HasPrefix(xpos, "NNP")
	case "NOUN":
		return xpos == "NN" || xpos == "NNS"
	case "VERB":
		return strings.HasPrefix(xpos, "VB")
	case "ADJ":
		return strings.HasPrefix(xpos, "JJ")
	case "ADV":
		return strings.HasPrefix(xpos, "RB")
	}
	return true
}
