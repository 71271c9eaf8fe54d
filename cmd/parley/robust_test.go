//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// program is the built binary. What is killed, interrupted and starved here must be a process of its own.
type program string

// TestRobust puts ingest through what can befall a program: to be killed, to run out of room, to be fed poison.
func TestRobust(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program hundreds of times")
	}
	parley := build(t)
	for _, c := range []struct {
		name string
		test func(*testing.T, program)
	}{
		{"killed", testKilled}, {"interrupted", testInterrupted}, {"two at once", testTwoAtOnce},
		{"full disk", testFullDisk}, {"file size limit", testFileSizeLimit}, {"not to be written", testNotToBeWritten},
		{"locked", testLocked}, {"no archive", testNoArchive},
		{"spoilt folder", testSpoiltFolder}, {"disappearing", testDisappearing}, {"endless", testEndless}, {"bombs", testBombs}, {"large articles", testLargeArticles},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, parley) })
	}
}

func build(t *testing.T) program {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "parley")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	return program(bin)
}

// result is how a run ended.
type result struct {
	code     int // -1: killed
	out, err string
	memory   int // most memory it was seen to hold, in MB
	took     time.Duration
}

// run starts the program and waits for its end. During is called while it runs.
func (p program) run(t *testing.T, in io.Reader, during func(*os.Process), args ...string) result {
	t.Helper()
	return p.start(t, exec.Command(string(p), args...), in, during)
}

func (p program) start(t *testing.T, cmd *exec.Cmd, in io.Reader, during func(*os.Process)) result {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, &out, &errs
	cmd.WaitDelay = time.Second // an endless input does not hold up the end
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if during != nil {
		go during(cmd.Process)
	}
	held := make(chan int)
	ended := make(chan struct{})
	go func() { held <- watchMemory(cmd.Process.Pid, ended) }()
	err := cmd.Wait()
	close(ended)
	memory := <-held
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !errors.Is(err, exec.ErrWaitDelay) {
		t.Fatalf("running %v: %v", cmd.Args, err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String(), memory, time.Since(begin)}
}

// watchMemory is the most memory that a process was seen to hold until it ended, in MB. The kernel's own count at the end
// begins with what this test held when it started the process.
func watchMemory(pid int, ended <-chan struct{}) int {
	most := 0
	for {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err == nil {
			if _, rest, ok := strings.Cut(string(status), "VmHWM:"); ok {
				kB := 0
				if _, err := fmt.Sscan(rest, &kB); err == nil {
					most = max(most, kB>>10)
				}
			}
		}
		select {
		case <-ended:
			return most
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// nobody starts the program as somebody who is not root, so that permissions count. All must be able to get to the paths.
func (p program) nobody(t *testing.T, args ...string) result {
	t.Helper()
	for _, path := range append(args, string(p)) {
		for path = filepath.Dir(path); filepath.IsAbs(path) && path != "/" && path != os.TempDir(); path = filepath.Dir(path) {
			if info, err := os.Stat(path); err == nil && info.Mode().Perm() == 0o700 {
				_ = os.Chmod(path, 0o755)
			}
		}
	}
	cmd := exec.Command(string(p), args...)
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	return p.start(t, cmd, nil, nil)
}

// wants checks a run's exit code and what its messages hold.
func (r result) wants(t *testing.T, code int, messages ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d; it said:\n%.3000s%.3000s", r.code, code, r.out, r.err)
	}
	for _, m := range messages {
		if !strings.Contains(r.out+r.err, m) {
			t.Errorf("it does not say %q, but:\n%.3000s%.3000s", m, r.out, r.err)
		}
	}
	if strings.Contains(r.err, "internal error") || strings.Contains(r.err, "goroutine ") {
		t.Errorf("an internal error: %.3000s", r.err)
	}
}

// verified checks an archive and gives its counts.
func verified(t *testing.T, archive string) store.Report {
	t.Helper()
	s := reading(t, archive)
	defer s.Close()
	report, err := s.Verify(context.Background(), "", nil)
	if err != nil || report.Fault != "" {
		t.Fatalf("the archive is not sound: %s, error %v", report.Fault, err)
	}
	return report
}

func reading(t *testing.T, archive string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), archive, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// holdings is all that an archive holds but when it was done and in what order, sorted.
func holdings(t *testing.T, archive string) []string {
	t.Helper()
	ctx, s := context.Background(), reading(t, archive)
	defer s.Close()
	var out []string
	add := func(what string, parts ...any) { out = append(out, what+" "+strings.TrimSpace(fmt.Sprintln(parts...))) }
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for art, err := range s.Articles(ctx, record.ArticleQuery{States: []string{record.Current, record.Superseded, record.Withdrawn}}) {
		must(err)
		add("article", art.ID, art.Title, art.State, art.SupersededBy, art.RawHash)
		passages, err := s.Passages(ctx, record.ID(art.ID))
		must(err)
		for _, p := range passages {
			add("passage", p.Article, p.Span, p.Origin, p.Label, p.With)
		}
	}
	page, err := s.Entries(ctx, record.Query{Superseded: true, Retired: true, Limit: 100_000})
	must(err)
	for _, e := range page.Entries {
		add("entry", e.ID, e.Text, string(e.Item))
	}
	links, _, err := s.Links(ctx, record.LinkQuery{Limit: 100_000})
	must(err)
	for _, l := range links {
		add("link", l.ID, l.Kind, l.Type, l.A, l.B, l.Reason)
	}
	identities, err := s.Identities(ctx, "", 100_000)
	must(err)
	for _, i := range identities {
		add("identity", i.ID, i.Name, i.Members)
	}
	for j, err := range s.Judgements(ctx, record.JudgementQuery{}) {
		must(err)
		add("log", j.Who, j.Verb, j.Subject, j.Object)
	}
	slices.Sort(out)
	return out
}

// newsroom writes a folder of n short articles of a made-up quarrel, among them a version that mends another and one that is
// killed, and gives how many articles there are.
func newsroom(t *testing.T, n int) (folder string, articles int) {
	t.Helper()
	folder = t.TempDir()
	rng := rand.New(rand.NewPCG(7, 7))
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	for i := range n {
		who, to, where := pick("Foreign minister Ana Ruiz", "General Ivo Hart", "President Mara Lund", "Spokesman Teo Banks"), pick("envoy Bo Lind", "reporters", "the council"),
			pick("Kelm", "Port Elda", "Vosk", "Sarrin")
		what := pick(fmt.Sprintf("Ostmark would withdraw %d soldiers from %s by Friday", 100+i, where), fmt.Sprintf("shelling had killed %d people in %s", 2+i%9, where),
			fmt.Sprintf("road %d to %s would be opened next week", i, where), fmt.Sprintf("no guns had been moved to %s", where))
		text := fmt.Sprintf("%s told %s on Monday that %s.\n\nThe northern command attacked %s on Sunday, %s said.", who, to, what, where, pick("a village elder", "two drivers", "the ministry"))
		write(t, folder, fmt.Sprintf("story-%03d.json", i), fmt.Sprintf(`{"title": "Day %d in %s", "publisher": %q, "published": "2031-05-%02dT%02d:00:00Z", "url": "https://courier.example/%d", "text": %q}`,
			i, where, pick("The Courier", "Harbour Times", "NNA"), 1+i%28, i%24, i, text))
	}
	write(t, folder, "story-mended.json", `{"title": "Day 2", "publisher": "The Courier", "published": "2031-05-30T10:00:00Z", "url": "https://courier.example/2", "text": "President Mara Lund denied on Tuesday that shelling had killed anybody in Vosk."}`)
	write(t, folder, "wire-1.json", `{"uri": "urn:nna:1", "pubstatus": "usable", "versioncreated": "2031-05-03T10:00:00Z", "headline": "Guns", "body_text": "General Ivo Hart said guns had been moved to Vosk."}`)
	write(t, folder, "wire-2.json", `{"uri": "urn:nna:1", "pubstatus": "canceled", "versioncreated": "2031-05-03T11:00:00Z", "headline": "KILL: Guns"}`)
	return folder, n + 3
}

func write(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// testKilled kills ingest at any moment, again and again, until it has taken in everything; then begins anew. What is
// there after each kill is sound; what is there at the end is what an undisturbed run makes.
func testKilled(t *testing.T, parley program) {
	folder, articles := newsroom(t, 77)
	t.Run("sqlite", func(t *testing.T) {
		killed(t, parley, folder, articles, func() string { return filepath.Join(t.TempDir(), "killed.parley") })
	})
	t.Run("postgres", func(t *testing.T) {
		killed(t, parley, folder, articles, func() string { address, _ := storetest.Schema(t); return address })
	})
}

func killed(t *testing.T, parley program, folder string, articles int, archive func() string) {
	whole := archive()
	undisturbed := parley.run(t, nil, nil, "ingest", whole, folder)
	undisturbed.wants(t, 0)
	if n := verified(t, whole).Articles; n != articles {
		t.Fatalf("%d articles, want %d", n, articles)
	}
	want := holdings(t, whole)

	seed := uint64(time.Now().UnixNano())
	t.Logf("a run takes %v; seed %d", undisturbed.took, seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	kills, rounds, between := 0, 0, map[int]bool{}
	for kills < 50 {
		rounds++
		at := archive()
		for {
			moment := time.Duration(rng.Int64N(int64(undisturbed.took) * 3 / 4)) // what goes on has less to do
			r := parley.run(t, nil, func(p *os.Process) {
				time.Sleep(moment)
				_ = p.Kill()
			}, "ingest", at, folder)
			if r.code == 0 {
				break
			}
			if r.code != -1 {
				t.Fatalf("after kill %d (seed %d) it ends with %d: %s", kills, seed, r.code, r.err)
			}
			kills++
			if _, err := os.Stat(at); err == nil || strings.Contains(at, "://") {
				if n, ok := soFar(t, at); ok {
					between[n] = true
				}
			}
		}
		if rounds == 1 {
			parley.run(t, nil, nil, "ingest", at, folder).wants(t, 0, fmt.Sprintf("%d known", articles))
		}
		verified(t, at)
		if diff := cmp.Diff(want, holdings(t, at)); diff != "" {
			t.Fatalf("seed %d, round %d: after %d kills the archive is not that of an undisturbed run (- undisturbed, + killed):\n%s", seed, rounds, kills, diff)
		}
	}
	t.Logf("%d kills in %d rounds; articles there after them: %v", kills, rounds, between)
	if len(between) < 3 {
		t.Error("the kills did not fall in the middle of runs")
	}
}

// soFar checks an archive after a kill and says how many articles it holds; not ok where it was not made yet.
func soFar(t *testing.T, archive string) (int, bool) {
	t.Helper()
	s, err := store.Open(t.Context(), archive, store.Options{})
	if errors.Is(err, store.ErrMissing) {
		return 0, false
	}
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	report, err := s.Verify(t.Context(), "", nil)
	if err != nil || report.Fault != "" {
		t.Fatalf("the archive is not sound after a kill: %s, error %v", report.Fault, err)
	}
	return report.Articles, true
}

// testInterrupted presses Ctrl-C: in the middle of the work, and while a silent feed is waited for.
func testInterrupted(t *testing.T, parley program) {
	folder, articles := newsroom(t, 77)
	archive := filepath.Join(t.TempDir(), "stopped.parley")
	stopped := 0
	for _, ms := range []int{300, 500, 700, 900, 1100, 1300} {
		r := parley.run(t, nil, func(p *os.Process) {
			time.Sleep(time.Duration(ms) * time.Millisecond)
			_ = p.Signal(os.Interrupt)
		}, "ingest", archive, folder)
		if r.code == 0 {
			break
		}
		stopped++
		r.wants(t, exitInterrupted)
		if _, err := os.Stat(archive); err == nil {
			verified(t, archive)
		}
	}
	if stopped == 0 {
		t.Error("it was never stopped")
	}
	parley.run(t, nil, nil, "ingest", archive, folder).wants(t, 0)
	if n := verified(t, archive).Articles; n != articles {
		t.Errorf("%d articles, want %d", n, articles)
	}
	silent, feed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer feed.Close()
	fmt.Fprintln(feed, `{"title": "Late", "text": "Envoy Bo Lind said on Friday that talks in Vosk would go on."}`)
	r := parley.run(t, silent, func(p *os.Process) {
		time.Sleep(2 * time.Second)
		_ = p.Signal(os.Interrupt)
	}, "ingest", archive, "-")
	r.wants(t, exitInterrupted)
	if r.took > 4*time.Second {
		t.Errorf("it ended only after %v", r.took)
	}
	verified(t, archive)
}

// testTwoAtOnce lets several programs write to one archive: the same folder, and folders of their own.
func testTwoAtOnce(t *testing.T, parley program) {
	t.Run("sqlite", func(t *testing.T) { shareOne(t, parley, filepath.Join(t.TempDir(), "shared.parley")) })
	t.Run("postgres", func(t *testing.T) {
		address, _ := storetest.Schema(t)
		shareOne(t, parley, address)
	})
}

func shareOne(t *testing.T, parley program, archive string) {
	folder, articles := newsroom(t, 57)
	own := t.TempDir()
	write(t, own, "own.json", `{"title": "Own", "published": "2031-05-02T10:00:00Z", "text": "General Ivo Hart told reporters that Vosk was quiet."}`)
	sources := []string{folder, folder, own}
	ends := make(chan result, len(sources))
	for _, source := range sources {
		go func() { ends <- parley.run(t, nil, nil, "ingest", archive, source) }()
	}
	for range sources {
		r := <-ends
		r.wants(t, 0)
	}
	if n := verified(t, archive).Articles; n != articles+1 {
		t.Errorf("%d articles, want %d", n, articles+1)
	}
	r := parley.run(t, nil, nil, "ingest", archive, folder, own)
	r.wants(t, 0, fmt.Sprintf("%d known", articles+1))
	verified(t, archive)
}
