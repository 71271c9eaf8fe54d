package serve

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"io"
	"net/url"
	"regexp"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/record"
)

// The ids of an archive are hashes of words and names: whoever guesses a name could work its id out and see whether the
// desk has it. Visitors therefore get every id under a pseudonym, which only a secret of the desk (account.Key) makes and
// takes back: the id encrypted by AES-256, as one block of 16 bytes that holds it whole, with a key for each archive that
// HMAC-SHA-256 makes of the secret. So a pseudonym is always the same in one desk, needs no table, and cannot be made up: what
// it is decrypted to must have the form of an id. Visitors ask by pseudonyms only; everybody may, so that a visitor's link
// leads a reader to the same page.

var (
	// idForm is an id of an archive: the letter of its kind, and 60 bits.
	idForm = regexp.MustCompile(`\b[a-z]-[0-9a-z]{12}\b`)
	// pseudonymForm is a pseudonym: the same letter, and 128 bits in the same alphabet.
	pseudonymForm = regexp.MustCompile(`\b[a-z]-[0-9a-hjkmnp-tv-z]{26}\b`)
)

// pseudonyms are those of one archive.
type pseudonyms struct {
	block cipher.Block
	text  *base32.Encoding
}

// newPseudonyms are those that a secret makes for an archive.
func newPseudonyms(secret []byte, archive string) (pseudonyms, error) {
	mac := hmac.New(sha256.New, secret)
	_, _ = io.WriteString(mac, "ids of "+archive) // never fails
	block, err := aes.NewCipher(mac.Sum(nil))
	return pseudonyms{block, base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)}, err
}

// hide is the pseudonym of an id.
func (p pseudonyms) hide(id string) string {
	var plain, sealed [aes.BlockSize]byte
	copy(plain[:], id)
	p.block.Encrypt(sealed[:], plain[:])
	return id[:2] + p.text.EncodeToString(sealed[:])
}

// show is the id of a pseudonym; what was not made by hide stays as it is, and is nothing's.
func (p pseudonyms) show(pseudonym string) string {
	sealed, err := p.text.DecodeString(pseudonym[2:])
	if err != nil || len(sealed) != aes.BlockSize {
		return pseudonym
	}
	p.block.Decrypt(sealed, sealed)
	if id := string(sealed[:14]); isID(id) && p.hide(id) == pseudonym {
		return id
	}
	return pseudonym
}

// key is what an id is sorted by where its pseudonym is shown.
func (p pseudonyms) key(id record.ID) string {
	return idForm.ReplaceAllStringFunc(string(id), p.hide)
}

// isID says whether a text is an id and nothing else.
func isID(s string) bool { return len(s) == 14 && idForm.MatchString(s) }

// answer is an answer with pseudonyms in the place of ids: of texts that are one, of keys, and inside of cursors; of a problem also
// inside of what it says. Words of articles stay as they are.
func (p pseudonyms) answer(value any, key string, problem bool) any {
	switch v := value.(type) {
	case string:
		if isID(v) || key == "next" || problem {
			return idForm.ReplaceAllStringFunc(v, p.hide)
		}
	case []any:
		for i, each := range v {
			v[i] = p.answer(each, key, problem)
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, each := range v {
			hidden := name
			if isID(name) {
				hidden = p.hide(name)
			}
			out[hidden] = p.answer(each, name, problem)
		}
		return out
	}
	return value
}

// asking is a request in which ids stand in the place of pseudonyms.
type asking struct {
	asked
	id string
	at url.URL
}

// Param is a part of the path.
func (a *asking) Param(name string) string {
	if name == "id" {
		return a.id
	}
	return a.asked.Param(name)
}

// Query is a parameter.
func (a *asking) Query(name string) string { return a.at.Query().Get(name) }

// URL is the address.
func (a *asking) URL() url.URL { return a.at }

// Unwrap is the request itself.
func (a *asking) Unwrap() huma.Context { return a.asked }

// taken is a request with its pseudonyms taken back. known is false where a visitor asks by ids, which they cannot have
// from here.
func (p pseudonyms) taken(ctx huma.Context, visitor bool) (out huma.Context, known bool) {
	in, changed := &asking{asked: ctx, id: ctx.Param("id"), at: ctx.URL()}, false
	query := in.at.Query()
	values := []*string{&in.id}
	for _, list := range query {
		for i := range list {
			values = append(values, &list[i])
		}
	}
	for _, value := range values {
		if visitor && idForm.MatchString(*value) {
			return nil, false
		}
		if pseudonymForm.MatchString(*value) {
			*value, changed = pseudonymForm.ReplaceAllStringFunc(*value, p.show), true
		}
	}
	if !changed {
		return ctx, true
	}
	in.at.RawQuery = query.Encode()
	return in, true
}
