package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"parley/internal/document"
	"parley/internal/eval"
	"parley/internal/ingest"
	"parley/internal/parse"
	"parley/internal/read"
	"parley/internal/source"
)

// evalCommand is parley eval.
type evalCommand struct {
	Data      string   `type:"path" default:"../shared/data" help:"Folder of the development corpora. A corpus that is not there is passed over, with a word."`
	Pairs     string   `type:"path" default:"bench/contradictions.tsv" help:"Labelled pairs of passages, for --only contradictions."`
	Questions string   `type:"path" default:"testdata/crisis" help:"Folder of articles with questions on them (questions.tsv), for meaning."`
	Stories   string   `type:"path" placeholder:"DIR" help:"Also check the marked stories in this folder."`
	Only      []string `placeholder:"NAME" help:"Run these tasks only: trees, names, coreference, meaning, attribution, events, confidence, times, numbers, contradictions, stories; soundness reads every article there is and runs only when named."`
	Fit       string   `type:"path" placeholder:"FILE" help:"With --only confidence: also write the calibration fitted on the corpora to this table (internal/read/tables/calibration.tsv)."`
	Write     string   `type:"path" placeholder:"FILE" help:"Write the figures as JSON (bench/quality.json)."`
	Floors    string   `type:"path" placeholder:"FILE" help:"Fail (exit 4) when a figure is below its floor in this file (bench/floors.json)."`
	Format    string   `enum:"text,json" default:"text" short:"f" help:"text or json."`
	Model     string   `type:"existingfile" placeholder:"FILE" help:"Use this model file instead of the one built in."`
}

// Help is shown by parley eval --help.
func (*evalCommand) Help() string {
	return `Examples:
  parley eval --floors bench/floors.json
  parley eval --only attribution --only trees
  parley eval --stories testdata/stories --only stories
  parley eval --only confidence --fit internal/read/tables/calibration.tsv`
}

// quality is the file of figures kept in bench/.
type quality struct {
	Model string     `json:"model"`
	Rules string     `json:"rules"`
	Built string     `json:"built"` // version and commit of the program
	Date  string     `json:"date"`
	Rows  []eval.Row `json:"rows"`
}

// Run measures every task whose corpus is there.
func (c *evalCommand) Run(std streams) error {
	m, err := loadModel(c.Model)
	if err != nil {
		return err
	}
	parser := parse.New(m)
	pipe, err := join(m, parser)
	if err != nil {
		return err
	}
	q := quality{Model: pipe.Model, Rules: pipe.Rules, Built: version(), Date: time.Now().UTC().Format(time.DateOnly)}
	tasks := c.tasks(pipe, parser)
	if err := known(c.Only, tasks); err != nil {
		return err
	}
	measured := map[string]bool{}
	for _, task := range tasks {
		if !slices.Contains(c.Only, task.name) && (len(c.Only) > 0 || task.onDemand) {
			continue
		}
		if _, err := os.Stat(task.path); errors.Is(err, os.ErrNotExist) {
			fmt.Fprintf(std.err, "parley: %s: %s is not here, passed over\n", task.name, task.path)
			continue
		}
		fmt.Fprintf(std.err, "parley: measuring %s …\n", task.name)
		rows, err := task.run(task.path)
		if err != nil {
			return fmt.Errorf("measuring %s: %w", task.name, err)
		}
		q.Rows = append(q.Rows, rows...)
		measured[task.name] = true
	}
	if len(measured) == 0 {
		return fmt.Errorf("nothing was measured: no corpus in %s; name their folder with --data", c.Data)
	}
	if err := c.print(std, &q); err != nil {
		return err
	}
	if c.Write != "" {
		if err := writeJSON(c.Write, &q); err != nil {
			return err
		}
	}
	return c.hold(&q)
}

// known refuses names that are no task's.
func known(names []string, tasks []task) error {
	for _, name := range names {
		if !slices.ContainsFunc(tasks, func(t task) bool { return t.name == name }) {
			return usage("there is no task %s to measure; see parley eval --help (stories need --stories)", name)
		}
	}
	return nil
}

// task is one corpus and how to measure on it.
type task struct {
	name, path string
	run        func(path string) ([]eval.Row, error)
	onDemand   bool // runs only when named
}

// at is a path under the data folder.
func (c *evalCommand) at(parts ...string) string {
	return filepath.Join(append([]string{c.Data}, parts...)...)
}

func (c *evalCommand) tasks(pipe *ingest.Pipeline, parser *parse.Parser) []task {
	trees := func(name string, keep func(string) bool) func(string) ([]eval.Row, error) {
		return func(path string) ([]eval.Row, error) {
			return eval.Treebank(name, path, keep, parser.Annotate, parser.Parse)
		}
	}
	tasks := []task{
		{name: "trees", path: c.at("ud", "ewt-dev.conllu.gz"), run: trees("UD EWT dev", nil)},
		{name: "trees", path: c.at("ud", "gum-dev.conllu.gz"), run: trees("UD GUM dev, news interview speech", spoken)},
		{name: "names", path: c.at("ner", "uner-ewt-dev.iob2.gz"), run: func(p string) ([]eval.Row, error) {
			return eval.Names("names, UNER EWT dev, unseen half", p, eval.Unseen, parser.Annotate)
		}},
		{name: "coreference", path: c.at("ud", "gum-dev.conllu.gz"), run: func(p string) ([]eval.Row, error) {
			return eval.Coreference("coreference, GUM dev", p, nil, parser.Annotate)
		}},
		{name: "meaning", path: c.at("events", "ecbplus-dev.jsonl.gz"), run: func(p string) ([]eval.Row, error) { return eval.Meanings(p, parser.Meaning) }},
		{name: "meaning", path: filepath.Join(c.Questions, "questions.tsv"), run: func(p string) ([]eval.Row, error) { return questionRows(p, parser) }},
	}
	tasks = append(tasks, c.readingTasks(pipe)...)
	if c.Stories != "" {
		tasks = append(tasks, task{name: "stories", path: c.Stories, run: func(dir string) ([]eval.Row, error) { return storyRows(dir, pipe) }})
	}
	return tasks
}

// readingTasks measure what is read from raw text.
func (c *evalCommand) readingTasks(pipe *ingest.Pipeline) []task {
	analyse := func(text string) (*document.Document, read.Reading, error) {
		doc, err := source.Text(text, source.Options{})
		if err != nil {
			return nil, read.Reading{}, err
		}
		reading, err := pipe.Analyse(doc)
		return doc, reading, err
	}
	sound := func(dir string) ([]eval.Row, error) { return soundness(dir, pipe, os.Stderr) }
	return []task{
		{name: "attribution", path: c.at("polnear", "dev.jsonl.gz"), run: func(p string) ([]eval.Row, error) { return eval.Attribution(p, 0, analyse) }},
		{name: "events", path: c.at("plover", "dev.jsonl"), run: func(p string) ([]eval.Row, error) { return eval.EventTypes("event type, PLOVER dev", p, analyse) }},
		{name: "events", path: c.at("plover", "plv-train.jsonl"), run: func(p string) ([]eval.Row, error) { return eval.EventTypes("event type, PLV train", p, analyse) }},
		{name: "confidence", path: c.at("polnear", "dev.jsonl.gz"), run: func(p string) ([]eval.Row, error) {
			items, err := eval.AttributionsJudged(p, analyse)
			return c.reliability("confidence of attributions, PolNeAR dev", "attribution", items, err)
		}},
		{name: "confidence", path: c.at("plover", "plv-train.jsonl"), run: func(p string) ([]eval.Row, error) {
			items, err := eval.EventsJudged(p, analyse)
			return c.reliability("confidence of event types, PLV train", "event", items, err)
		}},
		{name: "times", path: c.at("time", "recognizers-datetime-en.jsonl"), run: eval.Times},
		{name: "numbers", path: c.at("time", "recognizers-number-en.jsonl"), run: eval.Numbers},
		{name: "numbers", path: c.at("time", "recognizers-unit-en.jsonl"), run: eval.Numbers},
		{name: "contradictions", path: c.Pairs, run: func(p string) ([]eval.Row, error) { return eval.Contradictions(p, c.Data, comparing(pipe)) }},
		{name: "soundness", path: c.at("polnear"), run: sound, onDemand: true},
		{name: "soundness", path: c.at("news"), run: sound, onDemand: true},
	}
}

// reliability turns judged items into rows, and puts the curve fitted on them into the table of --fit.
func (c *evalCommand) reliability(task, kind string, items []eval.Judged, err error) ([]eval.Row, error) {
	if err != nil {
		return nil, err
	}
	if c.Fit != "" {
		if err := fit(c.Fit, kind, eval.Isotonic(items)); err != nil {
			return nil, err
		}
	}
	return eval.Reliability(task, items), nil
}

// fit puts the curve of one kind in the place of the one in the table, if there is one.
func fit(path, kind string, curve read.Curve) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("reading the calibration: %w", err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(old)) {
		if !strings.HasPrefix(line, kind+"\t") {
			b.WriteString(line)
		}
	}
	for _, p := range curve {
		fmt.Fprintf(&b, "%s\t%.4f\t%.4f\n", kind, p.Evidence, p.Share)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("writing the calibration: %w", err)
	}
	return nil
}

// spoken keeps GUM's news, interviews and speeches, the genres nearest to what Parley reads.
func spoken(id string) bool {
	return strings.HasPrefix(id, "GUM_news") || strings.HasPrefix(id, "GUM_interview") || strings.HasPrefix(id, "GUM_speech")
}

// print shows the figures as a table or JSON.
func (c *evalCommand) print(std streams, q *quality) error {
	if c.Format == "json" {
		enc := json.NewEncoder(std.out)
		enc.SetIndent("", "  ")
		return enc.Encode(q)
	}
	w := tabwriter.NewWriter(std.out, 0, 4, 2, ' ', tabwriter.AlignRight)
	last := ""
	for _, r := range q.Rows {
		name := ""
		if r.Task != last {
			name, last = r.Task, r.Task
		}
		fmt.Fprintf(w, "%s\t%s\t%s\tof %d\t\n", name, r.Measure, worth(r), r.N)
	}
	return w.Flush()
}

// worth is a row's value with its unit: per cent, unless the measure names another.
func worth(r eval.Row) string {
	if strings.HasSuffix(r.Measure, "(number)") || strings.HasSuffix(r.Measure, ", pairs") {
		return fmt.Sprintf("%.0f", r.Value)
	}
	return fmt.Sprintf("%.1f %%", r.Value)
}

// hold compares the figures with their floors.
func (c *evalCommand) hold(q *quality) error {
	if c.Floors == "" {
		return nil
	}
	data, err := os.ReadFile(c.Floors)
	if err != nil {
		return fmt.Errorf("reading the floors: %w", err)
	}
	floors := map[string]float64{} // "task: measure" → least value
	if err := json.Unmarshal(data, &floors); err != nil {
		return fmt.Errorf("reading the floors in %s: %w", c.Floors, err)
	}
	var below []string
	tasks, seen := map[string]bool{}, map[string]bool{}
	for _, r := range q.Rows {
		key := r.Task + ": " + r.Measure
		tasks[r.Task], seen[key] = true, true
		if floor, ok := floors[key]; ok && r.Value < floor {
			below = append(below, fmt.Sprintf("%s is %.2f, its floor %.2f", key, r.Value, floor))
		}
	}
	for key := range floors { // a floor whose task ran must have been measured
		if name, _, _ := strings.Cut(key, ": "); tasks[name] && !seen[key] {
			below = append(below, key+" has a floor but was not measured")
		}
	}
	slices.Sort(below)
	if len(below) > 0 {
		return coded{fmt.Errorf("below the floor:\n  %s", strings.Join(below, "\n  ")), exitBelow}
	}
	return nil
}

func writeJSON(path string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("internal error: %w", err)
	}
	if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// loadStories reads the marked stories of a folder, by name.
func loadStories(dir string) ([]*eval.Story, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, fmt.Errorf("listing stories: %w", err)
	}
	slices.SortFunc(paths, cmp.Compare)
	var stories []*eval.Story
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("reading a story: %w", err)
		}
		story, err := eval.ParseStory(strings.TrimSuffix(filepath.Base(path), ".txt"), data)
		if err != nil {
			return nil, err
		}
		stories = append(stories, story)
	}
	return stories, nil
}

// questionRows measures search by meaning on the articles beside a table of questions. What is withdrawn and has no text is passed over.
func questionRows(path string, parser *parse.Parser) ([]eval.Row, error) {
	var docs []*document.Document
	for doc, err := range source.Walk([]string{filepath.Dir(path)}, source.Options{}) {
		switch {
		case errors.Is(err, source.ErrEmpty):
			continue
		case err != nil:
			return nil, err
		}
		if err := parser.Parse(doc); err != nil {
			return nil, fmt.Errorf("parsing %s: %w", doc.Title, err)
		}
		docs = append(docs, doc)
	}
	return eval.Questions(path, docs, parser.Meaning)
}

// storyRows counts the expectations that the stories' records meet.
func storyRows(dir string, pipe *ingest.Pipeline) ([]eval.Row, error) {
	stories, err := loadStories(dir)
	if err != nil {
		return nil, err
	}
	met, all := 0, 0
	for _, story := range stories {
		rec, err := readStory(story, pipe)
		if err != nil {
			return nil, err
		}
		for _, e := range story.Expect {
			all++
			if e.Met(rec) {
				met++
			}
		}
	}
	return []eval.Row{{Task: "marked stories", Measure: "expectations met", Value: 100 * float64(met) / float64(max(all, 1)), N: all}}, nil
}
