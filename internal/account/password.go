package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost of a password's hash: argon2id (RFC 9106) with the parameters of the OWASP Password Storage Cheat Sheet, 2024.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	saltBytes = 16
	keyBytes  = 32
)

// Lengths of a password: at least what NIST SP 800-63B-4 asks of one that stands alone, in characters; at most, in
// bytes, what nobody types.
const (
	minPassword = 15
	maxPassword = 512
	minDistinct = 5
)

// hashers is how many passwords are worked on at once: each takes 19 MiB.
const hashers = 4

// phc are the parts of a hash as a string: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
type phc struct {
	memory, time uint32
	threads      uint8
	salt, key    []byte
}

func (h phc) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.threads, b64.EncodeToString(h.salt), b64.EncodeToString(h.key))
}

// parsePHC reads what String wrote, of this cost or of another in bounds.
func parsePHC(s string) (h phc, err error) {
	bad := errors.New("not a hash of argon2id")
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, bad
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.time, &h.threads); err != nil || n != 3 {
		return h, bad
	}
	if h.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return h, bad
	}
	if h.key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return h, bad
	}
	if h.time < 1 || h.time > 16 || h.memory < 8 || h.memory > 1<<20 || h.threads < 1 || len(h.salt) < 8 || len(h.key) < 16 || len(h.key) > 64 {
		return h, bad
	}
	return h, nil
}

// derive works out the key of a password. Composed and decomposed letters are the same password.
func (h phc) derive(password string) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), h.salt, h.time, h.memory, h.threads, uint32(len(h.key)))
}

// newPHC is of today's cost with a new salt, and as yet without the key of any password.
func newPHC() phc {
	h := phc{memory: memoryKiB, time: passes, threads: lanes, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
	_, _ = rand.Read(h.salt) // never fails
	return h
}

// kitchen limits how many passwords are worked on at once.
type kitchen chan struct{}

func newKitchen() kitchen { return make(kitchen, hashers) }

// hash is the string kept for a password.
func (k kitchen) hash(ctx context.Context, password string) (string, error) {
	h := newPHC()
	if err := k.enter(ctx); err != nil {
		return "", err
	}
	defer k.leave()
	h.key = h.derive(password)
	return h.String(), nil
}

// matches says whether a password is the one kept. It takes as long where none is kept, so that nobody can tell by the
// time which names there are.
func (k kitchen) matches(ctx context.Context, kept, password string) (bool, error) {
	h, err := parsePHC(kept)
	real := err == nil
	if !real {
		h = newPHC()
	}
	if err := k.enter(ctx); err != nil {
		return false, err
	}
	defer k.leave()
	same := subtle.ConstantTimeCompare(h.derive(password), h.key) == 1
	return same && real, nil
}

func (k kitchen) enter(ctx context.Context) error {
	select {
	case k <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (k kitchen) leave() { <-k }

// stale says whether a hash is not of today's cost.
func stale(kept string) bool {
	h, err := parsePHC(kept)
	return err != nil || h.memory != memoryKiB || h.time != passes || h.threads != lanes
}

// checkPassword says why a password cannot be chosen; what is said goes to the person who chose it.
func checkPassword(name, password string) error {
	distinct := map[rune]bool{}
	for _, r := range password {
		distinct[r] = true
	}
	switch {
	case len(password) > maxPassword:
		return &Refused{fmt.Sprintf("the password is longer than %d bytes", maxPassword)}
	case !utf8.ValidString(password):
		return &Refused{"the password is not text"}
	case utf8.RuneCountInString(password) < minPassword:
		return &Refused{fmt.Sprintf("the password is shorter than %d characters: a few words that you can remember will do", minPassword)}
	case len(distinct) < minDistinct:
		return &Refused{"the password repeats a few characters only"}
	case strings.Contains(strings.ToLower(password), name) && len(password)-len(name) < minPassword:
		return &Refused{"the password is little more than your name"}
	}
	return nil
}
