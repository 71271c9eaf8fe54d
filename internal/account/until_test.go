package account

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestUntilUsers: a desk is the local person's until somebody makes a user, also with another program, and not a request longer.
func TestUntilUsers(t *testing.T) {
	d := newDesk(t, Options{})
	guard := NewUntilUsers("Ida", d.Accounts)
	h := guard.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := From(r.Context())
		_, _ = io.WriteString(w, who.Name+" "+who.Role("crisis").String())
	}))
	ask := func(want string, headers ...string) {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/", nil)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Body.String(); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	ask("Ida admin")
	d.user("mara", Everywhere, Admin)
	ask(" none")
	_, secret, err := d.NewToken(t.Context(), Who{Name: "mara", Roles: map[string]Role{Everywhere: Admin}}, Token{Label: "x", Archives: []string{"crisis"}, Role: Reader})
	if err != nil {
		t.Fatal(err)
	}
	ask("mara reader", "Authorization", "Bearer "+secret)
	if _, err := d.db.Exec("DELETE FROM users"); err != nil {
		t.Fatal(err)
	}
	ask(" none") // once there were users, nobody gets the desk back by taking them away
	if there, err := guard.Users(t.Context()); !there || err != nil {
		t.Error(there, err)
	}
	d.db.Close()
	if status := request(NewUntilUsers("Ida", d.Accounts).Handler(h), http.MethodGet, "127.0.0.1", nil); status != http.StatusInternalServerError {
		t.Errorf("without its database it answers %d", status)
	}
}
