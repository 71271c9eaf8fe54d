package account

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// inSession is the context of a request of a browser that has not logged in.
func (d *testDesk) inSession() context.Context {
	d.t.Helper()
	ctx, err := d.sessions.Load(d.t.Context(), "")
	if err != nil {
		d.t.Fatal(err)
	}
	return context.WithValue(ctx, sessionKey{}, true)
}

func cookieOf(b browser) string {
	u, _ := url.Parse(b.base)
	for _, c := range b.Jar.Cookies(u) {
		return c.Value
	}
	return ""
}

func TestSessions(t *testing.T) {
	login := "name=mara&password=" + goodPassword
	steps := map[string]struct {
		do   func(d *testDesk, b browser)
		want string
	}{
		"lasts":            {func(d *testDesk, b browser) { d.at = d.at.Add(sessionIdle - time.Minute) }, "mara admin"},
		"ends unused":      {func(d *testDesk, b browser) { d.at = d.at.Add(sessionIdle + time.Minute) }, "none"},
		"logout":           {func(d *testDesk, b browser) { b.do("POST", "/logout", "") }, "none"},
		"reset":            {func(d *testDesk, b browser) { _, _ = d.Reset(b.t.Context(), "test", "mara") }, "none"},
		"removed":          {func(d *testDesk, b browser) { _ = d.Remove(b.t.Context(), "test", "mara") }, "none"},
		"role taken away":  {func(d *testDesk, b browser) { _ = d.Grant(b.t.Context(), "test", "mara", Everywhere, Reader) }, "mara reader"},
		"password changed": {func(d *testDesk, b browser) { b.do("POST", "/password", "old="+goodPassword+"&new="+otherPassword) }, "mara admin"},
		"wrong old":        {func(d *testDesk, b browser) { b.do("POST", "/password", "old=x&new="+otherPassword) }, "mara admin"},
		"changed elsewhere": {func(d *testDesk, b browser) {
			c := newBrowser(b.t, b.base)
			c.do("POST", "/login", login)
			c.do("POST", "/password", "old="+goodPassword+"&new="+otherPassword)
		}, "none"},
		"used, then idle": {func(d *testDesk, b browser) {
			for range 3 {
				d.at = d.at.Add(sessionIdle - time.Minute)
				b.who()
			}
		}, "mara admin"},
		"ends at last": {func(d *testDesk, b browser) {
			for range 8 {
				d.at = d.at.Add(sessionIdle - time.Minute)
				b.who()
			}
		}, "none"},
	}
	for name, step := range steps {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, Options{})
			d.user("mara", Everywhere, Admin)
			d.user("ines", Everywhere, Admin)
			b := newBrowser(t, d.server().URL)
			if status, body := b.do("POST", "/login", login); status != http.StatusOK {
				t.Fatal(status, body)
			}
			step.do(d, b)
			if got := b.who(); got != step.want {
				t.Errorf("got %q, want %q", got, step.want)
			}
		})
	}
}

func TestLoginRenewsTheCookie(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", Everywhere, Admin)
	b := newBrowser(t, d.server().URL)
	b.do("POST", "/login", "name=mara&password="+goodPassword)
	first := cookieOf(b)
	b.do("POST", "/login", "name=mara&password="+goodPassword)
	if second := cookieOf(b); first == "" || first == second {
		t.Errorf("cookies %q and %q", first, second)
	}
	planted := newBrowser(t, b.base)
	if _, got := planted.do("GET", "/who", "", "Cookie", "parley="+first); got != "none" {
		t.Errorf("the cookie of before still lets in %s", got)
	}
	var kept int
	if err := d.db.QueryRow("SELECT count(*) FROM sessions WHERE hash = ?", cookieOf(b)).Scan(&kept); err != nil || kept != 0 {
		t.Errorf("the cookie itself is kept: %d, %v", kept, err)
	}
}

func TestCookieFlags(t *testing.T) {
	for secure, want := range map[bool][]string{
		true:  {"__Host-parley=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"},
		false: {"parley=", "Path=/", "HttpOnly", "SameSite=Lax"},
	} {
		d := newDesk(t, Options{Secure: secure})
		d.user("mara", Everywhere, Admin)
		resp, err := http.PostForm(d.server().URL+"/login", url.Values{"name": {"mara"}, "password": {goodPassword}})
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		cookie := resp.Header.Get("Set-Cookie")
		for _, part := range want {
			if !strings.Contains(cookie, part) {
				t.Errorf("secure %v: %s lacks %s", secure, cookie, part)
			}
		}
		if strings.Contains(cookie, "Domain") {
			t.Errorf("%s goes to other hosts", cookie)
		}
	}
}

// TestOtherSites sends what pages of other sites can make a browser send.
func TestOtherSites(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", Everywhere, Admin)
	b := newBrowser(t, d.server().URL)
	b.do("POST", "/login", "name=mara&password="+goodPassword)
	for name, c := range map[string]struct {
		headers []string
		want    int
	}{
		"own page":        {[]string{"Sec-Fetch-Site", "same-origin", "Origin", b.base}, 200},
		"a program":       {nil, 200},
		"another site":    {[]string{"Sec-Fetch-Site", "cross-site"}, 403},
		"a sibling host":  {[]string{"Sec-Fetch-Site", "same-site"}, 403},
		"an old browser":  {[]string{"Origin", "https://evil.example"}, 403},
		"a sandboxed one": {[]string{"Origin", "null"}, 403},
	} {
		if status, body := b.do("POST", "/password", "old="+goodPassword+"&new="+goodPassword, c.headers...); status != c.want {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

func TestLoginsAreThrottled(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", Everywhere, Admin)
	ctx := d.inSession()
	var many *TooMany
	var err error
	fail := func(name, address string) error { return d.Login(ctx, name, "not this one, surely", address) }
	for i := range 5 {
		if err := fail("mara", "192.0.2.1:5"); !errors.Is(err, ErrCredentials) {
			t.Fatalf("try %d: %v", i, err)
		}
	}
	if err := d.Login(ctx, "mara", goodPassword, "192.0.2.1:6"); !errors.As(err, &many) {
		t.Errorf("the sixth try: %v", err)
	}
	if err := d.Login(ctx, "mara", goodPassword, "192.0.2.2:5"); err != nil {
		t.Errorf("mara from elsewhere: %v", err)
	}
	d.at = d.at.Add(many.Wait + time.Second)
	if err := d.Login(ctx, "mara", goodPassword, "192.0.2.1:6"); err != nil {
		t.Errorf("after waiting: %v", err)
	}
	for range 22 {
		if err := d.Login(ctx, "mara", goodPassword, "192.0.2.3:5"); err != nil {
			t.Fatalf("coming in counts as failing: %v", err)
		}
	}
	for i := range 20 {
		_ = fail(fmt.Sprintf("guess%d", i), fmt.Sprintf("[2001:db8::%x]:9", i))
	}
	if err := fail("another", "[2001:db8::ffff]:9"); !errors.As(err, &many) {
		t.Errorf("many names from one network: %v", err)
	}
	for i := range 22 * 5 { // each half of the networks of one customer
		err = fail(fmt.Sprintf("other%d", i), fmt.Sprintf("[2001:db8:5:%x::1]:9", i))
	}
	if !errors.As(err, &many) {
		t.Errorf("many names from one customer's networks: %v", err)
	}
}

// TestNobodyIsLockedOut fails in somebody's name from everywhere, who then comes in from elsewhere with the right password.
func TestNobodyIsLockedOut(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", Everywhere, Admin)
	for i := range 5 * besieged {
		d.throttle.try(d.at, "mara", fmt.Sprintf("198.51.%d.%d:9", i/250, i%250))
	}
	ctx := d.inSession()
	var many *TooMany
	if err := d.Login(ctx, "mara", "not this one, surely", "203.0.113.1:9"); !errors.Is(err, ErrCredentials) {
		t.Errorf("the first guess from a network: %v", err)
	}
	if err := d.Login(ctx, "mara", goodPassword, "203.0.113.1:9"); !errors.As(err, &many) || many.Wait > time.Minute {
		t.Errorf("the second: %v", err)
	}
	for range 3 {
		if err := d.Login(ctx, "mara", goodPassword, "203.0.113.2:9"); err != nil {
			t.Errorf("mara from elsewhere: %v", err)
		}
	}
}

// TestThrottleCannotBeFlushed makes up names and networks until an exact table of any size would be full.
func TestThrottleCannotBeFlushed(t *testing.T) {
	th, now := newThrottle(), time.Now()
	for range personMost {
		th.try(now, "mara", "192.0.2.1:5")
	}
	allocated := testing.AllocsPerRun(1, func() {
		for range 100_000 {
			now = now.Add(200 * time.Microsecond)
			th.person.add("x", now, 1)
		}
	})
	if allocated > 0 {
		t.Errorf("%v allocations for counting", allocated)
	}
	for i := range 30_000 {
		th.try(now, fmt.Sprint("name", i), fmt.Sprintf("10.%d.%d.1:5", i/200, i%200))
	}
	if wait := th.try(now, "mara", "192.0.2.1:5"); wait == 0 {
		t.Error("the failures were forgotten")
	}
	if wait := th.try(now, "ines", "192.0.2.9:5"); wait > 0 {
		t.Errorf("somebody else has to wait %s", wait)
	}
}

func TestUnknownNamesTakeAsLong(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", Everywhere, Admin)
	ctx := d.inSession()
	took := func(name string) time.Duration {
		best := time.Hour
		for range 4 {
			start := time.Now()
			if err := d.Login(ctx, name, "not this one, surely", "192.0.2.1:5"); !errors.Is(err, ErrCredentials) {
				t.Fatal(err)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	if known, unknown := took("mara"), took("nobody"); unknown < known/4 {
		t.Errorf("a known name takes %v, an unknown one %v", known, unknown)
	}
}

func TestPasswords(t *testing.T) {
	k := newKitchen()
	kept, err := k.hash(t.Context(), "caf\u00e9 by the harbour wall")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kept, "$argon2id$v=19$m=19456,t=2,p=1$") || stale(kept) {
		t.Error(kept)
	}
	for password, want := range map[string]bool{"caf\u00e9 by the harbour wall": true, "cafe\u0301 by the harbour wall": true, "cafe by the harbour wall": false, "": false} {
		if same, err := k.matches(t.Context(), kept, password); err != nil || same != want {
			t.Errorf("%q: %v, %v", password, same, err)
		}
	}
	for _, bad := range []string{"", "x", "$argon2id$v=19$m=0,t=0,p=0$$", "$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", "$2a$10$abc"} {
		if same, err := k.matches(t.Context(), bad, ""); same || err != nil {
			t.Errorf("%q lets in: %v", bad, err)
		}
	}
	for password, good := range map[string]bool{
		goodPassword: true, "short": false, strings.Repeat("ab", 20): false, strings.Repeat("x", maxPassword+1): false, "mara mara mara!": true,
		"mara-at-the-desk": false, "\xff\xfe not text at all": false, "дом у самого моря": true,
	} {
		if err := checkPassword("mara", password); (err == nil) != (good && password != "mara mara mara!") {
			t.Errorf("%q: %v", password, err)
		}
	}
}

func TestOldCostIsRenewed(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", Everywhere, Admin)
	old := phc{memory: 1024, time: 1, threads: 1, salt: []byte("saltsaltsaltsalt"), key: make([]byte, 32)}
	old.key = old.derive(goodPassword)
	if _, err := d.db.Exec("UPDATE users SET password = ? WHERE name = 'mara'", old.String()); err != nil {
		t.Fatal(err)
	}
	ctx := d.inSession()
	if err := d.Login(ctx, "mara", goodPassword, "192.0.2.1:5"); err != nil {
		t.Fatal(err)
	}
	var kept string
	if err := d.db.QueryRow("SELECT password FROM users WHERE name = 'mara'").Scan(&kept); err != nil || stale(kept) {
		t.Errorf("%s, %v", kept, err)
	}
}

func FuzzPHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, s string) {
		h, err := parsePHC(s)
		if err != nil {
			return
		}
		back, err := parsePHC(h.String())
		if err != nil || back.String() != h.String() {
			t.Errorf("%q came back as %q, %v", h, back, err)
		}
	})
}

// TestOnlyInSessions calls what needs a session without one.
func TestOnlyInSessions(t *testing.T) {
	d := newDesk(t, Options{OIDC: &OIDC{Issuer: "https://id.example.org", ClientID: "desk", Secret: "hush", Address: "https://desk.example.org"}})
	_, begun := d.LoginOIDC(t.Context(), "/")
	_, finished := d.FinishOIDC(t.Context(), url.Values{})
	for name, err := range map[string]error{
		"login": d.Login(t.Context(), "mara", goodPassword, "192.0.2.1:5"), "logout": d.Logout(t.Context()), "begun": begun, "finished": finished,
		"password": d.ChangePassword(t.Context(), "mara", goodPassword, otherPassword, "192.0.2.1:5"),
	} {
		var refused *Refused
		if !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLooked(t *testing.T) {
	d := newDesk(t, Options{})
	at := time.Date(2022, 2, 20, 18, 0, 0, 1000, time.UTC)
	for _, each := range []time.Time{at.Add(-time.Hour), at} {
		if err := d.Look(t.Context(), "mara", "crisis", each); err != nil {
			t.Fatal(err)
		}
	}
	got, err := d.Looked(t.Context(), "mara")
	if err != nil || len(got) != 1 || !got["crisis"].Equal(at) {
		t.Errorf("%v, %v", got, err)
	}
}
