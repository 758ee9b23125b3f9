// Answers PromQL queries by the engine of Prometheus itself, over samples that it is given: what ours must answer too.
// Reads one JSON document from standard input, prints an answer a line.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"time"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/util/annotations"
)

type series struct {
	Labels map[string]string `json:"labels"`
	// Milliseconds and a value as text each.
	Points [][2]any `json:"points"`
}

type question struct {
	Query string `json:"query"`
	Start int64  `json:"start"`
	End   int64  `json:"end"`
	Step  int64  `json:"step"`
}

type input struct {
	Series  []series   `json:"series"`
	Queries []question `json:"queries"`
}

type sample struct {
	t int64
	f float64
}

func (s sample) T() int64                      { return s.t }
func (s sample) F() float64                    { return s.f }
func (s sample) H() *histogram.Histogram       { return nil }
func (s sample) FH() *histogram.FloatHistogram { return nil }
func (s sample) Type() chunkenc.ValueType      { return chunkenc.ValFloat }
func (s sample) Copy() chunks.Sample           { return s }

type kept struct {
	labels labels.Labels
	points []chunks.Sample
}

type store []kept

func (s store) Querier(mint, maxt int64) (storage.Querier, error) {
	return querier{s, mint, maxt}, nil
}

type querier struct {
	store      store
	mint, maxt int64
}

func (q querier) Select(_ context.Context, _ bool, _ *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
	var found []storage.Series
each:
	for _, one := range q.store {
		for _, matcher := range matchers {
			if !matcher.Matches(one.labels.Get(matcher.Name)) {
				continue each
			}
		}
		var points []chunks.Sample
		for _, point := range one.points {
			if point.T() >= q.mint && point.T() <= q.maxt {
				points = append(points, point)
			}
		}
		found = append(found, storage.NewListSeries(one.labels, points))
	}
	return &set{found, -1}
}

func (querier) LabelValues(context.Context, string, *storage.LabelHints, ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return nil, nil, nil
}

func (querier) LabelNames(context.Context, *storage.LabelHints, ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return nil, nil, nil
}

func (querier) Close() error { return nil }

type set struct {
	series []storage.Series
	at     int
}

func (s *set) Next() bool                        { s.at++; return s.at < len(s.series) }
func (s *set) At() storage.Series                { return s.series[s.at] }
func (s *set) Err() error                        { return nil }
func (s *set) Warnings() annotations.Annotations { return nil }

func main() {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var samples store
	for _, one := range in.Series {
		each := kept{labels: labels.FromMap(one.Labels)}
		for _, point := range one.Points {
			value, err := strconv.ParseFloat(point[1].(string), 64)
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			each.points = append(each.points, sample{int64(point[0].(float64)), value})
		}
		samples = append(samples, each)
	}
	engine := promql.NewEngine(promql.EngineOpts{
		Logger:                   slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		MaxSamples:               50_000_000,
		Timeout:                  time.Minute,
		LookbackDelta:            5 * time.Minute,
		EnableAtModifier:         true,
		EnableNegativeOffset:     true,
		NoStepSubqueryIntervalFn: func(int64) int64 { return time.Minute.Milliseconds() },
	})
	out := json.NewEncoder(os.Stdout)
	for _, asked := range in.Queries {
		if err := out.Encode(answer(engine, samples, asked)); err != nil {
			os.Exit(1)
		}
	}
}

// The data of an answer, or its error.
func answer(engine *promql.Engine, samples store, asked question) map[string]any {
	ctx := context.Background()
	at := time.UnixMilli(asked.Start)
	var query promql.Query
	var err error
	if asked.Step == 0 {
		query, err = engine.NewInstantQuery(ctx, samples, nil, asked.Query, at)
	} else {
		query, err = engine.NewRangeQuery(ctx, samples, nil, asked.Query, at, time.UnixMilli(asked.End), time.Duration(asked.Step)*time.Millisecond)
	}
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	defer query.Close()
	result := query.Exec(ctx)
	if result.Err != nil {
		return map[string]any{"error": result.Err.Error()}
	}
	return map[string]any{"resultType": result.Value.Type(), "result": lines(result.Value)}
}

func lines(value parser.Value) any {
	all := []any{}
	switch value := value.(type) {
	case promql.Scalar:
		return point(value.T, value.V)
	case promql.String:
		return []any{value.T, value.V}
	case promql.Vector:
		for _, one := range value {
			all = append(all, map[string]any{"metric": one.Metric.Map(), "values": []any{point(one.T, one.F)}})
		}
	case promql.Matrix:
		for _, one := range value {
			points := []any{}
			for _, each := range one.Floats {
				points = append(points, point(each.T, each.F))
			}
			all = append(all, map[string]any{"metric": one.Metric.Map(), "values": points})
		}
	}
	return all
}

func point(at int64, value float64) []any {
	return []any{at, strconv.FormatFloat(value, 'g', -1, 64)}
}
