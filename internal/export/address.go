package export

import (
	"net/url"

	"parley/internal/record"
)

// mostAddress is how long an address may be: what browsers and feed readers take.
const mostAddress = 2000

// web gives an address back if it is one of the web, in its normal form; empty for any other, such as javascript:.
func web(address string) string {
	if len(address) > mostAddress {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// host is the name of the server, or one that RFC 2606 keeps from ever being anybody's.
func (x *exporter) host() string {
	if u, err := url.Parse(x.opt.Base); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "parley.invalid"
}

// tag is a name for an entry or article that never changes (RFC 4151). The year is that of the design, not of today.
func (x *exporter) tag(id record.ID) string { return "tag:" + x.host() + ",2022:" + string(id) }

// page is the address of an entry on the server, or its tag where there is no server.
func (x *exporter) page(id record.ID) string {
	if web(x.opt.Base) == "" {
		return x.tag(id)
	}
	return x.opt.Base + "/entries/" + url.PathEscape(string(id))
}

// sourceOf is the address of the item's article, or its tag where it has none on the web.
func (x *exporter) sourceOf(it *item) string {
	if address := web(it.URL); address != "" {
		return address
	}
	return x.tag(it.Article)
}
