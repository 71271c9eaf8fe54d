package alert_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"parley/internal/alert"
)

// TestFeed reads a rule's feed as a feed reader does.
func TestFeed(t *testing.T) {
	d := newDesk(t)
	rule := actor()
	rule.Name = "Ruiz <says>"
	rule.Channels = []alert.Channel{{Kind: alert.Atom}}
	r := d.rule(rule)
	secret := r.Channels[0].Secret
	if len(secret) < 26 { // 128 bits
		t.Fatalf("the secret %q can be guessed", secret)
	}
	first := says(1, "said that <script>all</script> was \u202ewell.")
	d.take(first)
	d.evaluate(time.Second)
	d.evaluate(2 * time.Minute)
	d.take(says(2, "said more.")) // pending
	d.evaluate(time.Second)
	body, updated, err := d.composer().Feed(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	feed, err := gofeed.NewParser().ParseString(string(body))
	if err != nil {
		t.Fatal(err)
	}
	want(t, []string{feed.Title, feed.FeedType, feed.FeedLink}, []string{"Ruiz <says>", "atom", "https://desk.example/alerts/" + secret + ".atom"})
	want(t, len(feed.Items), 1)
	item := feed.Items[0]
	want(t, item.Title, "A new statement (say): Ruiz said that <script>all</script> was well.")
	want(t, item.UpdatedParsed.Equal(updated.Truncate(time.Second)), true)
	if !strings.Contains(item.Content, "“Ruiz said that <script>all</script> was well.”") || !strings.Contains(item.Content, "Found by a machine") || strings.Contains(string(body), "<script>") {
		t.Errorf("the entry says %s", item.Content)
	}
	id := item.GUID
	d.judge(first.Record.Statements[0].ID, "reject", "")
	d.evaluate(time.Minute)
	body, later, err := d.composer().Feed(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	if feed, err = gofeed.NewParser().ParseString(string(body)); err != nil {
		t.Fatal(err)
	}
	item = feed.Items[len(feed.Items)-1]
	if item.GUID != id || !strings.HasPrefix(item.Title, "Over: ") || !later.After(updated) {
		t.Errorf("after its end: %+v", item)
	}
	d.denied = true
	for _, secret := range []string{secret, "", "guessed", r.Channels[0].ID} {
		if _, _, err := d.composer().Feed(t.Context(), secret); !errors.Is(err, alert.ErrNotFound) {
			t.Errorf("the feed %q: %v", secret, err)
		}
	}
}
