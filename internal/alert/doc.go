// Package alert keeps saved searches and rules over archives, and tells people when a rule finds something: by webhook, by
// e-mail and as an Atom feed. In go an archive to read (record.Reader) and a desk database (*sql.DB, SQLite); out come
// alerts, each with the ids of the entries it rests on, and messages with their exact words.
//
// A rule looks at what arrives in an archive's log of decisions after the rule was made. What it finds is an alert, which
// is pending until it is told, firing until it no longer holds, and resolved then: the entry was rejected, its article
// withdrawn or replaced, the commitment assessed, the day over, or nothing new came for a while. Findings with the same
// words are one alert while it is open, so that reprints are told once.
//
// The place in the log, what was found and the messages to send are kept in one transaction, so that a restart neither
// loses nor repeats an alert. A message is delivered at least once: its id stays the same when it is sent again. Nothing
// here holds words of sources: they are taken from the archive whenever a message is made, so that what is erased there is
// gone here too.
//
// Store keeps it all, Engine evaluates rules, Sender delivers, Runner does both again and again. docs/alerts.md is the
// manual.
package alert
