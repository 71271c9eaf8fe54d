package account

import (
	"context"
	"crypto/rand"
	"fmt"
)

// keySize is how many bytes a key of the desk has.
const keySize = 32

// Key is a secret of the desk, of 32 bytes, under a name; it is made when it is first asked for and stays the same from
// then on. It is for what must be the same in every run of the desk and a riddle to everybody else.
func (a *Accounts) Key(ctx context.Context, name string) (key []byte, err error) {
	fresh := make([]byte, keySize)
	_, _ = rand.Read(fresh) // never fails
	if _, err := a.db.ExecContext(ctx, "INSERT INTO keys (name, key) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, fresh); err != nil {
		return nil, fmt.Errorf("making the key %s: %w", name, err)
	}
	if err := a.db.QueryRowContext(ctx, "SELECT key FROM keys WHERE name = ?", name).Scan(&key); err != nil {
		return nil, fmt.Errorf("reading the key %s: %w", name, err)
	}
	return key, nil
}
