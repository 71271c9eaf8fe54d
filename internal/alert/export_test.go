package alert

import (
	"crypto/tls"
	"net/http"
)

// Trust makes a sender's webhooks accept a test server's certificate.
func (s *Sender) Trust(config *tls.Config) {
	s.hooks.client.Transport.(*http.Transport).TLSClientConfig = config.Clone()
}

// Message gives a message as it would be sent.
var Composed = (*Composer).message

// Sign is the signature of a webhook's message.
var Sign = sign

// PlainFault says why a message did not get through.
var PlainFault = plainFault

// Sentence is the one that a span of a text stands in.
var Sentence = sentence
