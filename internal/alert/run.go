package alert

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Runner evaluates rules and delivers messages until it is told to stop.
type Runner struct {
	Engine *Engine
	Sender *Sender
	Every  time.Duration // between two evaluations; 0: 15 seconds
	Log    *slog.Logger  // nil: nothing is logged
}

// Run goes on until ctx is over; nothing of it is left then. Trouble is logged, and the work tried again.
func (r *Runner) Run(ctx context.Context) {
	every, log := r.Every, r.Log
	if every <= 0 {
		every = 15 * time.Second
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	store := r.Engine.Store
	var working sync.WaitGroup
	for action, work := range map[string]struct {
		every time.Duration
		do    func(context.Context) error
	}{
		"evaluating rules":    {every, r.Engine.Evaluate},
		"delivering messages": {every, r.Sender.Deliver},
		"tidying alerts":      {24 * time.Hour, func(ctx context.Context) error { return store.Tidy(ctx) }},
	} {
		working.Go(func() {
			tick := time.NewTicker(work.every)
			defer tick.Stop()
			for {
				if err := work.do(ctx); err != nil && ctx.Err() == nil {
					log.ErrorContext(ctx, action, "error", err)
				}
				select {
				case <-tick.C:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	working.Wait()
}

// keepAlerts is how long resolved alerts and messages are kept.
const keepAlerts = 400 * 24 * time.Hour

// Tidy deletes alerts that were resolved long ago, and messages as old.
func (s *Store) Tidy(ctx context.Context) error {
	before := micros(s.now().Add(-keepAlerts))
	err := s.write(ctx, func(w *sql.Tx) error {
		old := "(SELECT id FROM alert_alerts WHERE state = 'resolved' AND resolved < ?)"
		for _, statement := range []string{
			"DELETE FROM alert_parts WHERE alert IN " + old, "DELETE FROM alert_findings WHERE alert IN " + old,
			"DELETE FROM alert_alerts WHERE state = 'resolved' AND resolved < ?",
			"DELETE FROM alert_deliveries WHERE message IN (SELECT id FROM alert_messages WHERE at < ?)", "DELETE FROM alert_messages WHERE at < ?",
		} {
			if _, err := w.ExecContext(ctx, statement, before); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("deleting old alerts: %w", err)
	}
	return nil
}
