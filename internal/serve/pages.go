package serve

import (
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// pages serves the built files, and index.html at every address that is no file: the page itself knows what to show there.
// An address of a page with .json or .csv leads to the API.
func (s *Server) pages() http.Handler {
	files := http.FileServerFS(s.files())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		switch data := s.dataAddress(r.URL); {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			plainProblem(w, http.StatusMethodNotAllowed, "there is nothing here to send anything to")
		case data != "":
			http.Redirect(w, r, data, http.StatusTemporaryRedirect)
		case name != "" && s.isFile(name):
			if strings.HasPrefix(name, "assets/") { // their names hold their hashes
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			files.ServeHTTP(w, r)
		case strings.HasPrefix(name, "api/") || path.Ext(name) != "" && !s.ofArchive(name):
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

// ofArchive says whether an address belongs to an archive, whose ids may hold dots.
func (s *Server) ofArchive(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	_, ok := s.archives[first]
	return ok
}

// dataAddress is where the API has the data of /{archive}/PAGE.json or .csv; empty for other addresses.
func (s *Server) dataAddress(u *url.URL) string {
	first, page, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	format := path.Ext(page)
	if _, ok := s.archives[first]; !ok || format != ".json" && format != ".csv" {
		return ""
	}
	page = strings.TrimSuffix(page, format)
	kind, rest, _ := strings.Cut(page, "/")
	if to, ok := map[string]string{"article": "articles", "ceasefire": "ceasefires"}[kind]; ok {
		page = strings.TrimSuffix(to+"/"+rest, "/")
	}
	query := u.Query()
	query.Del("view") // how a page shows its data
	query.Del("due")
	switch {
	case format == ".csv":
		query.Set("format", "csv")
	case page == "commitments":
		page += "/board"
	}
	target := url.URL{Path: "/api/v1/archives/" + first + "/" + page, RawQuery: query.Encode()}
	return target.String()
}
