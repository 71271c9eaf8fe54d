package account

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	goodPassword  = "seven lamps by the quay"
	otherPassword = "nine kites above the mill"
)

// goodHash is the hash of goodPassword, worked out once.
var goodHash = sync.OnceValue(func() string {
	kept, err := newKitchen().hash(context.Background(), goodPassword)
	if err != nil {
		panic(err)
	}
	return kept
})

// testDesk is a desk whose clock the test sets.
type testDesk struct {
	*Accounts
	t   *testing.T
	at  time.Time
	log bytes.Buffer
}

func newDesk(t *testing.T, opt Options) *testDesk {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "crisis.desk"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	d := &testDesk{t: t, at: time.Now()}
	opt.Now = func() time.Time { return d.at }
	opt.Log = slog.New(slog.NewTextHandler(&d.log, nil))
	if d.Accounts, err = New(t.Context(), db, opt); err != nil {
		t.Fatal(err)
	}
	return d
}

// user makes somebody with goodPassword and a role.
func (d *testDesk) user(name, archive string, role Role) {
	d.t.Helper()
	if _, err := d.Add(d.t.Context(), "test", name, ""); err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.db.Exec("UPDATE users SET password = ? WHERE name = ?", goodHash(), name); err != nil {
		d.t.Fatal(err)
	}
	if err := d.Grant(d.t.Context(), "test", name, archive, role); err != nil {
		d.t.Fatal(err)
	}
}

// server answers with who asks, and does what the paths say.
func (d *testDesk) server() *httptest.Server {
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, err error) {
		if err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
		}
	}
	mux.HandleFunc("GET /who", func(w http.ResponseWriter, r *http.Request) {
		who := From(r.Context())
		_, _ = io.WriteString(w, who.Name+" "+who.Role("crisis").String())
	})
	mux.HandleFunc("POST /login", func(w http.ResponseWriter, r *http.Request) {
		answer(w, d.Login(r.Context(), r.FormValue("name"), r.FormValue("password"), r.RemoteAddr))
	})
	mux.HandleFunc("POST /password", func(w http.ResponseWriter, r *http.Request) {
		answer(w, d.ChangePassword(r.Context(), From(r.Context()).Name, r.FormValue("old"), r.FormValue("new"), r.RemoteAddr))
	})
	mux.HandleFunc("POST /logout", func(w http.ResponseWriter, r *http.Request) { answer(w, d.Logout(r.Context())) })
	mux.HandleFunc("GET /auth/oidc", func(w http.ResponseWriter, r *http.Request) {
		to, err := d.LoginOIDC(r.Context(), r.URL.Query().Get("next"))
		if err != nil {
			answer(w, err)
			return
		}
		http.Redirect(w, r, to, http.StatusFound)
	})
	mux.HandleFunc("GET "+CallbackPath, func(w http.ResponseWriter, r *http.Request) {
		to, err := d.FinishOIDC(r.Context(), r.URL.Query())
		if err != nil {
			answer(w, err)
			return
		}
		http.Redirect(w, r, to, http.StatusFound)
	})
	s := httptest.NewServer(d.Handler(mux))
	d.t.Cleanup(s.Close)
	return s
}

// browser keeps cookies.
type browser struct {
	*http.Client
	t    *testing.T
	base string
}

func newBrowser(t *testing.T, base string) browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return browser{&http.Client{Jar: jar}, t, base}
}

// do asks and gives status and body.
func (b browser) do(method, path, form string, headers ...string) (int, string) {
	b.t.Helper()
	req, err := http.NewRequest(method, b.base+path, strings.NewReader(form))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := b.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, strings.TrimSpace(string(body))
}

func (b browser) who() string {
	b.t.Helper()
	_, body := b.do("GET", "/who", "")
	return body
}

func TestRolesHoldThoseBefore(t *testing.T) {
	who := Who{Roles: map[string]Role{"crisis": Reviewer, Everywhere: Reader}}
	got := map[string]bool{
		"reviews": who.May("crisis", Reviewer), "reads": who.May("crisis", Visitor), "manages": who.May("crisis", Manager),
		"reads another": who.May("border", Reader), "reviews another": who.May("border", Reviewer), "keeps users": who.May(Everywhere, Admin),
		"masked": who.Masked("crisis"), "nobody is masked": Who{}.Masked("crisis"), "nobody sees": Who{}.May("crisis", Visitor),
	}
	want := map[string]bool{
		"reviews": true, "reads": true, "manages": false, "reads another": true, "reviews another": false, "keeps users": false,
		"masked": false, "nobody is masked": true, "nobody sees": false,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for role := None; role <= Admin; role++ {
		text, _ := role.MarshalText()
		var back Role
		if err := back.UnmarshalText(text); err != nil || back != role {
			t.Errorf("%v came back as %v, %v", role, back, err)
		}
	}
	if _, err := ParseRole("root"); err == nil {
		t.Error("root is a role")
	}
}

func TestDeskFileIsPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a?b#c%d.desk")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := New(t.Context(), db, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	foreign := filepath.Join(t.TempDir(), "other.db")
	if err := os.WriteFile(foreign, []byte("this is a letter, not a database, and stays as it is"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), foreign); err == nil {
		t.Error("opened a letter as a desk")
	}
}

func TestFirstAdminOnce(t *testing.T) {
	d := newDesk(t, Options{})
	if there, _ := d.Any(t.Context()); there {
		t.Fatal("a new desk has users")
	}
	old, err := d.FirstAdmin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	secret, err := d.FirstAdmin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.SetUp(t.Context(), old, "mara", goodPassword); !errors.Is(err, ErrLink) {
		t.Errorf("the earlier link: %v", err)
	}
	if _, err := d.SetUp(t.Context(), secret, "public", goodPassword); err == nil {
		t.Error("public became an admin")
	}
	if _, err := d.SetUp(t.Context(), secret, "mara", "short"); err == nil {
		t.Error("a short password was taken")
	}
	if name, err := d.SetUp(t.Context(), secret, " Mara ", goodPassword); err != nil || name != "mara" {
		t.Fatalf("%q, %v", name, err)
	}
	if _, err := d.SetUp(t.Context(), secret, "eve", goodPassword); !errors.Is(err, ErrLink) {
		t.Errorf("the link a second time: %v", err)
	}
	if _, err := d.FirstAdmin(t.Context()); err == nil {
		t.Error("a second first admin")
	}
	b := newBrowser(t, d.server().URL)
	b.do("POST", "/login", "name=mara&password="+goodPassword)
	if got := b.who(); got != "mara admin" {
		t.Error(got)
	}
}

func TestLinksEnd(t *testing.T) {
	d := newDesk(t, Options{})
	secret, err := d.Add(t.Context(), "test", "ines", "")
	if err != nil {
		t.Fatal(err)
	}
	d.at = d.at.Add(LinkHolds + time.Second)
	if _, err := d.SetUp(t.Context(), secret, "", goodPassword); !errors.Is(err, ErrLink) {
		t.Errorf("after an hour: %v", err)
	}
	if secret, err = d.Reset(t.Context(), "test", "ines"); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	won := make(chan string, 8)
	for range 8 {
		wait.Go(func() {
			if name, err := d.SetUp(context.Background(), secret, "", goodPassword); err == nil {
				won <- name
			}
		})
	}
	wait.Wait()
	if len(won) != 1 {
		t.Errorf("%d used one link", len(won))
	}
}

func TestNames(t *testing.T) {
	for name, good := range map[string]bool{
		"mara": true, "Mara.Q": true, "m@example.org": true, "9": true, "": false, "public": false, "PUBLIC": false, "*": false, "-x": false,
		"a b": false, "a/b": false, "a\nb": false, "mаra": false, strings.Repeat("a", 65): false,
	} {
		if _, err := checkName(name); (err == nil) != good {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestUsersAreKept(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", Everywhere, Admin)
	d.user("ines", "crisis", Reviewer)
	if _, err := d.Add(t.Context(), "mara", "INES", ""); err == nil {
		t.Error("a name was given twice")
	}
	refused := func(what string, err error) {
		t.Helper()
		var r *Refused
		if !errors.As(err, &r) {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("the last admin goes", d.Remove(t.Context(), "mara", "mara"))
	refused("the last admin is made reader", d.Grant(t.Context(), "mara", "mara", Everywhere, Reader))
	_, err := d.Add(t.Context(), "mara", "Parley", "")
	refused("somebody in the name of the program", err)
	refused("the public reviews", d.Grant(t.Context(), "mara", Public, "crisis", Reviewer))
	refused("a role beyond", d.Grant(t.Context(), "mara", "ines", "crisis", Admin+1))
	if err := d.Grant(t.Context(), "mara", "nobody", "crisis", Reader); !errors.Is(err, ErrNoUser) {
		t.Error(err)
	}
	if err := d.Remove(t.Context(), "mara", "ines"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Add(t.Context(), "mara", "ines", ""); err == nil {
		t.Error("the name of somebody removed was given again")
	}
	users, err := d.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range users {
		if u.Removed {
			u.Name += " (removed)"
		}
		got = append(got, u.Name)
	}
	if diff := cmp.Diff([]string{"ines (removed)", "mara"}, got); diff != "" {
		t.Error(diff)
	}
	for _, want := range []string{`who=mara user=ines`, "user removed", "role given"} {
		if !strings.Contains(d.log.String(), want) {
			t.Errorf("the log does not say %q", want)
		}
	}
}

func TestPublic(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("ines", "border", Reader)
	b := newBrowser(t, d.server().URL)
	if got := b.who(); got != "none" {
		t.Error(got)
	}
	if err := d.Grant(t.Context(), "test", Public, "crisis", Visitor); err != nil {
		t.Fatal(err)
	}
	if got := b.who(); got != "visitor" {
		t.Error(got)
	}
	b.do("POST", "/login", "name=ines&password="+goodPassword)
	if got := b.who(); got != "ines visitor" {
		t.Error(got)
	}
}

// TestKey: the desk's key under a name is made once, and others are other keys.
func TestKey(t *testing.T) {
	d := newDesk(t, Options{})
	var keys []string
	for _, name := range []string{"masks", "masks", "other"} {
		key, err := d.Key(t.Context(), name)
		if err != nil || len(key) != keySize {
			t.Fatal(key, err)
		}
		keys = append(keys, string(key))
	}
	if keys[0] != keys[1] || keys[0] == keys[2] {
		t.Error("a key changes, or two names have one")
	}
}
