package account

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"golang.org/x/oauth2"
)

// request asks a handler, and gives the status.
func request(h http.Handler, method, host string, headers []string) int {
	r := httptest.NewRequest(method, "http://x/", nil)
	r.Host = host
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

// issuer is an identity provider for tests: it lets everybody in at once, and says of them what the test wants.
type issuer struct {
	*httptest.Server
	t          *testing.T
	key        *rsa.PrivateKey
	claims     map[string]any // in the place of the honest ones
	challenges map[string]url.Values
}

func newIssuer(t *testing.T) *issuer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{t: t, key: key, challenges: map[string]url.Values{}}
	mux := http.NewServeMux()
	write := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		write(w, map[string]any{"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token",
			"jwks_uri": i.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		write(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("/authorize", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		code := newSecret()
		i.challenges[code] = q
		back := url.Values{"code": {code}, "state": {q.Get("state")}}
		http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		asked, ok := i.challenges[r.FormValue("code")]
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if !ok || asked.Get("code_challenge_method") != "S256" || base64.RawURLEncoding.EncodeToString(sum[:]) != asked.Get("code_challenge") {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		write(w, map[string]any{"access_token": "unused", "token_type": "Bearer", "id_token": i.sign(asked.Get("nonce"))})
	})
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

// sign makes an ID token.
func (i *issuer) sign(nonce string) string {
	claims := map[string]any{"iss": i.URL, "aud": "desk", "sub": "77", "nonce": nonce, "email": "Ines@example.org", "email_verified": true,
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix()}
	maps.Copy(claims, i.claims)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: i.key, KeyID: "k"}}, nil)
	if err != nil {
		i.t.Fatal(err)
	}
	payload, _ := json.Marshal(claims)
	signed, err := signer.Sign(payload)
	if err != nil {
		i.t.Fatal(err)
	}
	out, err := signed.CompactSerialize()
	if err != nil {
		i.t.Fatal(err)
	}
	return out
}

// oidcDesk is a desk with ines, who has an address, and an identity provider.
func oidcDesk(t *testing.T) (*testDesk, *issuer, browser) {
	i := newIssuer(t)
	d := newDesk(t, Options{OIDC: &OIDC{Issuer: i.URL, ClientID: "desk", Secret: "hush", Address: "http://127.0.0.1"}})
	s := d.server()
	d.provider.Address = s.URL
	if _, err := d.Add(t.Context(), "test", "ines", "ines@example.org"); err != nil {
		t.Fatal(err)
	}
	if err := d.Grant(t.Context(), "test", "ines", "crisis", Reviewer); err != nil {
		t.Fatal(err)
	}
	return d, i, newBrowser(t, s.URL)
}

func TestOIDC(t *testing.T) {
	for name, c := range map[string]struct {
		claims map[string]any
		want   string
	}{
		"known address":        {nil, "ines reviewer"},
		"unverified address":   {map[string]any{"email_verified": false}, "none"},
		"unknown address":      {map[string]any{"email": "eve@example.org"}, "none"},
		"no address":           {map[string]any{"email": ""}, "none"},
		"another login's":      {map[string]any{"nonce": "abc"}, "none"},
		"for another client":   {map[string]any{"aud": "shop"}, "none"},
		"from another issuer":  {map[string]any{"iss": "https://evil.example"}, "none"},
		"too old":              {map[string]any{"exp": time.Now().Add(-time.Hour).Unix()}, "none"},
		"address of a removed": {map[string]any{"email": "gone@example.org"}, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			d, i, b := oidcDesk(t)
			i.claims = c.claims
			if _, err := d.Add(t.Context(), "test", "gone", "gone@example.org"); err != nil {
				t.Fatal(err)
			}
			if err := d.Remove(t.Context(), "test", "gone"); err != nil {
				t.Fatal(err)
			}
			b.do("GET", "/auth/oidc?next=/who", "")
			if got := b.who(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOIDCComesBack(t *testing.T) {
	_, _, b := oidcDesk(t)
	if _, body := b.do("GET", "/auth/oidc?next=/who", ""); body != "ines reviewer" {
		t.Errorf("next led to %q", body)
	}
}

func TestOIDCAddressMovesOn(t *testing.T) {
	_, i, b := oidcDesk(t)
	b.do("GET", "/auth/oidc", "")
	i.claims = map[string]any{"sub": "88"} // another person gets the address
	other := newBrowser(t, b.base)
	other.do("GET", "/auth/oidc", "")
	if got := other.who(); got != "none" {
		t.Errorf("whoever has the address now is %q", got)
	}
	i.claims = map[string]any{"email": "ines.new@example.org"}
	again := newBrowser(t, b.base)
	again.do("GET", "/auth/oidc", "")
	if got := again.who(); got != "ines reviewer" {
		t.Errorf("ines with a new address is %q", got)
	}
}

// TestOIDCCallbackOfAnother follows a login that somebody else began, and one twice.
func TestOIDCCallbackOfAnother(t *testing.T) {
	_, _, b := oidcDesk(t)
	b.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if r.URL.Path == CallbackPath {
			return http.ErrUseLastResponse
		}
		return nil
	}
	resp, err := b.Get(b.base + "/auth/oidc")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	callback := strings.TrimPrefix(resp.Header.Get("Location"), b.base)
	victim := newBrowser(t, b.base)
	if status, _ := victim.do("GET", callback, ""); status != http.StatusForbidden || victim.who() != "none" {
		t.Errorf("%d, %s", status, victim.who())
	}
	b.do("GET", callback, "")
	if got := b.who(); got != "ines reviewer" {
		t.Error(got)
	}
	if status, _ := b.do("GET", callback, ""); status != http.StatusForbidden {
		t.Errorf("the callback a second time: %d", status)
	}
}

// TestOIDCLeavesTheSession: beginning a login at the provider, which any page can make a browser do, ends no session, nor does one
// that comes to nothing; and one that took too long does.
func TestOIDCLeavesTheSession(t *testing.T) {
	d, i, b := oidcDesk(t)
	d.user("mara", "crisis", Manager)
	b.do("POST", "/login", "name=mara&password="+goodPassword)
	b.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	begin := func() (callback string) {
		t.Helper()
		resp, err := b.Get(b.base + "/auth/oidc")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp, err = b.Get(resp.Header.Get("Location")); err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return strings.TrimPrefix(resp.Header.Get("Location"), b.base)
	}
	late := begin()
	if got := b.who(); got != "mara manager" {
		t.Errorf("a login was begun, and now she is %q", got)
	}
	d.at = d.at.Add(flowHolds + time.Minute)
	if status, _ := b.do("GET", late, ""); status != http.StatusForbidden || b.who() != "mara manager" {
		t.Errorf("too late: %d, %s", status, b.who())
	}
	i.claims = map[string]any{"email": "eve@example.org"}
	if status, _ := b.do("GET", begin(), ""); status != http.StatusForbidden || b.who() != "mara manager" {
		t.Errorf("somebody unknown: %d, %s", status, b.who())
	}
	i.claims = nil
	before := cookieOf(b)
	b.do("GET", begin(), "")
	if got := b.who(); got != "ines reviewer" || cookieOf(b) == before {
		t.Errorf("in the end she is %q", got)
	}
}

// TestOIDCProviderHangs: a provider that does not answer keeps nobody waiting for long, however many come.
func TestOIDCProviderHangs(t *testing.T) {
	asked := make(chan struct{}, 100)
	hangs := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- struct{}{}; <-r.Context().Done() }))
	defer hangs.Close()
	d := newDesk(t, Options{OIDC: &OIDC{Issuer: hangs.URL, ClientID: "desk", Secret: "hush", Address: "http://127.0.0.1", Client: &http.Client{Timeout: 200 * time.Millisecond}}})
	ctx, begun := d.inSession(), time.Now()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := d.provider.discover(ctx); err == nil {
				t.Error("it was found")
			}
		})
	}
	all.Wait()
	if _, err := d.LoginOIDC(ctx, "/"); err == nil || time.Since(begun) > 3*time.Second || len(asked) != 1 {
		t.Errorf("%v after %s, asked %d times", err, time.Since(begun), len(asked))
	}
	plain := provider{}
	client, _ := plain.ask(t.Context()).Value(oauth2.HTTPClient).(*http.Client)
	if client == nil || client.Timeout == 0 {
		t.Error("nothing ends the wait for a provider")
	}
}

func TestLocalPath(t *testing.T) {
	for path, want := range map[string]string{
		"/crisis/today?from=2022-02-20": "/crisis/today?from=2022-02-20", "": "/", "today": "/", "//evil.example": "/", "/\\evil.example": "/",
		"https://evil.example/": "/", "javascript:alert(1)": "/", "/a\nb": "/", "/%": "/",
	} {
		if got := LocalPath(path); got != want {
			t.Errorf("%q became %q, want %q", path, got, want)
		}
	}
}

func TestOIDCConfiguration(t *testing.T) {
	good := OIDC{Issuer: "https://id.example.org", ClientID: "desk", Secret: "hush", Address: "https://desk.example.org"}
	if err := good.check(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*OIDC){
		"plain issuer": func(o *OIDC) { o.Issuer = "http://id.example.org" }, "no issuer": func(o *OIDC) { o.Issuer = "" },
		"plain desk": func(o *OIDC) { o.Address = "http://desk.example.org" }, "no client": func(o *OIDC) { o.ClientID = "" }, "no secret": func(o *OIDC) { o.Secret = "" },
	} {
		bad := good
		change(&bad)
		if bad.check() == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
