package account

import (
	"errors"
	"net"
	"net/http"
	"strings"
)

// Local is the Guard of a desk without accounts: whoever reaches it is the person at this machine, and may do
// everything. It must listen on a loopback address only (Loopback). It refuses requests that did not come straight
// from a browser here: those with another host's name, which a page elsewhere can send by DNS rebinding, those that a
// proxy passed on, and those another site sent.
type Local struct {
	Name string // of the person, for the log of decisions
}

// Handler is the Guard's.
func (l Local) Handler(next http.Handler) http.Handler {
	who := Who{Name: l.Name, Roles: map[string]Role{Everywhere: Admin}, Local: true}
	cross := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := direct(r)
		if err == nil {
			err = cross.Check(r)
		}
		if err != nil {
			refuse(w, http.StatusForbidden, err.Error())
			return
		}
		next.ServeHTTP(w, r.WithContext(As(r.Context(), who)))
	})
}

// direct says why a request cannot have come straight from a browser on this machine.
func direct(r *http.Request) error {
	if !Loopback(r.Host) {
		return errors.New("this desk has no accounts and answers only at 127.0.0.1 and localhost; start it with --accounts to reach it by another name")
	}
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip"} {
		if r.Header.Get(header) != "" {
			return errors.New("this desk has no accounts and cannot stand behind a proxy; start it with --accounts")
		}
	}
	return nil
}

// Loopback says whether an address, with a port or without, can be reached from this machine only.
func Loopback(address string) bool {
	host := address
	if h, _, err := net.SplitHostPort(address); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
