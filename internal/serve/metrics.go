package serve

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"parley/internal/record"
)

// metrics are what the server counts of itself, in the names of Prometheus.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	refused  prometheus.Counter
}

func newMetrics(s *Server) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parley_http_requests_total", Help: "Requests answered."}, []string{"operation", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "parley_http_request_seconds", Help: "Time an answer took, in seconds.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"operation"}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{Name: "parley_http_refused_total", Help: "Requests of clients that asked too often."}),
	}
	streams := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "parley_streams", Help: "Open streams of changes."}, func() float64 { return float64(s.streams.count()) })
	m.registry.MustRegister(m.requests, m.seconds, m.refused, streams, holdings{s}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// took counts a request. Methods that nobody here knows are counted as one.
func (m *metrics) took(operation, method string, status int, took time.Duration) {
	if !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}, method) {
		method = "other"
	}
	m.requests.WithLabelValues(operation, method, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(operation).Observe(took.Seconds())
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// holdings collects how much the archives hold.
type holdings struct{ s *Server }

func holdingsDesc() (articles, entries, seq *prometheus.Desc) {
	return prometheus.NewDesc("parley_articles", "Articles of an archive.", []string{"archive", "state"}, nil),
		prometheus.NewDesc("parley_entries", "Entries of an archive.", []string{"archive", "kind"}, nil),
		prometheus.NewDesc("parley_log_seq", "Number of the last decision in the log of an archive.", []string{"archive"}, nil)
}

// Describe is prometheus.Collector's.
func (holdings) Describe(out chan<- *prometheus.Desc) {
	articles, entries, seq := holdingsDesc()
	out <- articles
	out <- entries
	out <- seq
}

// collectTime bounds the counting.
const collectTime = 10 * time.Second

// Collect is prometheus.Collector's. An archive that cannot be counted now is left out.
func (h holdings) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), collectTime)
	defer cancel()
	articles, entries, seq := holdingsDesc()
	for _, name := range h.s.names() {
		a := h.s.archives[name]
		sum, err := a.sum(ctx)
		var last record.Judgement
		if err == nil {
			last, _, err = a.Mark(ctx)
		}
		if err != nil {
			h.s.Log.Warn("counting an archive", "archive", name, "error", err)
			continue
		}
		for state, n := range sum.counts.Articles {
			out <- prometheus.MustNewConstMetric(articles, prometheus.GaugeValue, float64(n), name, state)
		}
		for kind, n := range sum.counts.Entries {
			out <- prometheus.MustNewConstMetric(entries, prometheus.GaugeValue, float64(n), name, kind)
		}
		out <- prometheus.MustNewConstMetric(seq, prometheus.GaugeValue, float64(last.Seq), name)
	}
}
