package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// How long a client may take for the head of a request, for all of it, to take an answer, and between requests; and how
// long the server waits for answers on their way when it is told to stop.
const (
	headerTime  = 10 * time.Second
	requestTime = 30 * time.Second
	answerTime  = 30 * time.Second
	idleTime    = 2 * time.Minute
	stopTime    = 10 * time.Second
	headerSize  = 64 << 10
)

// Serve answers on a listener until ctx ends, then finishes what is being answered. A Server serves once.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: s.Limits.Time + answerTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerSize, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(func() { close(s.stopping) })
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	compared := make(chan struct{})
	go func() { s.compare(ctx); close(compared) }()
	defer func() { stop(); <-compared }() // nobody writes to an archive after Serve
	counted := make(chan struct{})
	go func() { s.countAll(ctx); close(counted) }()
	defer func() { stop(); <-counted }()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		return errors.Join(fmt.Errorf("stopping: %w", err), server.Close())
	}
	return nil
}
