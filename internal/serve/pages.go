package serve

import (
	"context"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"parley/internal/account"
)

// pages serves the built files, and index.html at every address that is no file: the page itself knows what to show there.
// An address of a page with .json or .csv leads to the API.
func (s *Server) pages() http.Handler {
	files := http.FileServerFS(s.files())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		seen := func(archive string) bool { return s.sees(r.Context(), archive) }
		switch data := dataAddress(r.URL, seen); {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			plainProblem(w, http.StatusMethodNotAllowed, "there is nothing here to send anything to")
		case data != "":
			http.Redirect(w, r, data, http.StatusTemporaryRedirect)
		case name != "" && s.isFile(name):
			if strings.HasPrefix(name, "assets/") { // their names hold their hashes
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			files.ServeHTTP(w, r)
		case strings.HasPrefix(name, "api/") || path.Ext(name) != "" && !ofArchive(name, seen):
			plainProblem(w, http.StatusNotFound, "there is nothing here; /docs lists what there is")
		default:
			s.index(w)
		}
	})
}

func (s *Server) index(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-cache")
	page, err := fs.ReadFile(s.files(), "index.html")
	if err != nil {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte("This program was built without its pages: run make web, then build it again.\nThe API is at /api/v1/archives, its documentation at /docs.\n"))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(page)
}

// files are the pages; none where there are none.
func (s *Server) files() fs.FS {
	if s.Pages == nil {
		return noFiles{}
	}
	return s.Pages
}

type noFiles struct{}

// Open finds nothing.
func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (s *Server) isFile(name string) bool {
	info, err := fs.Stat(s.files(), name)
	return err == nil && !info.IsDir()
}

// sees says whether an archive is there for whoever asks.
func (s *Server) sees(ctx context.Context, archive string) bool {
	_, there := s.archives[archive]
	return there && account.From(ctx).May(archive, account.Visitor)
}

// ofArchive says whether an address belongs to an archive that is seen, whose ids may hold dots.
func ofArchive(name string, seen func(archive string) bool) bool {
	first, _, _ := strings.Cut(name, "/")
	return seen(first)
}

// dataAddress is where the API has the data of /{archive}/PAGE.json or .csv; empty for other addresses, and
// for archives that are not seen.
func dataAddress(u *url.URL, seen func(archive string) bool) string {
	first, page, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	format := path.Ext(page)
	if format != ".json" && format != ".csv" || !seen(first) {
		return ""
	}
	query := u.Query()
	page = dataOf(strings.TrimSuffix(page, format), query)
	if format == ".csv" {
		query.Set("format", "csv")
	}
	target := url.URL{Path: "/api/v1/archives/" + first + "/" + page, RawQuery: query.Encode()}
	return target.String()
}

// dataOf is where an archive has what a page shows, and makes of the page's parameters those of the API: without what only
// says how the page shows it.
func dataOf(page string, query url.Values) string {
	kind, id, one := strings.Cut(page, "/")
	view := query.Get("view")
	for _, name := range []string{"view", "scale", "axis", "hide"} {
		query.Del(name)
	}
	switch {
	case kind == "article", kind == "entry", kind == "actors" && one: // what else their pages list is asked for as statements
		clear(query)
		return map[string]string{"article": "articles", "entry": "entries", "actors": "actors"}[kind] + "/" + id
	case page == "ceasefire":
		return "ceasefires"
	case kind == "ceasefire":
		return "ceasefires/" + id
	case page == "commitments":
		if !query.Has("limit") {
			query.Set("limit", strconv.Itoa(maxPage))
		}
		return "commitments/board"
	case page == "figures":
		return "figures/series"
	case page == "contacts" && view != "list": // a pair that is chosen is marked in the matrix
		query.Del("actor")
		return "contacts/matrix"
	case page == "contacts" && query.Has("actor"):
		query.Set("role", "participant")
	case page == "contradictions" && view == "inside":
		query.Del("type")
		query.Set("kind", "contradiction")
		return "entries"
	case page == "statements" && view == "time":
		query.Set("oldest", "true")
	}
	return page
}
