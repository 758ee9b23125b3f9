package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/solver/pb"
	dockerspec "github.com/moby/docker-image-spec/specs-go/v1"
	digest "github.com/opencontainers/go-digest"
)

func init() { commands["dockerfile"] = dockerfile }

// Content is in base64, as Go's JSON has bytes.
type dockerfileRequest struct {
	Content []byte `json:"content"`
}

type dockerfileAnswer struct {
	// Why the parser refuses the file, and the line that it names; empty when it takes it.
	Parse string `json:"parse"`
	Line  int    `json:"line"`
	// Why a builder refuses it then, with base images that say nothing.
	Build  string                           `json:"build"`
	Stages []string                         `json:"stages"`
	Config *dockerspec.DockerOCIImageConfig `json:"config,omitempty"`
}

func dockerfile(line []byte) any {
	var request dockerfileRequest
	if err := json.Unmarshal(line, &request); err != nil {
		return map[string]string{"error": err.Error()}
	}
	answer := dockerfileAnswer{Stages: []string{}}
	parsed, err := parser.Parse(bytes.NewReader(request.Content))
	if err == nil {
		var stages []instructions.Stage
		stages, _, err = instructions.Parse(parsed.AST, nil)
		for _, stage := range stages {
			answer.Stages = append(answer.Stages, stage.Name)
		}
	}
	if err != nil {
		answer.Parse, answer.Line = err.Error(), lineOf(err)
		return answer
	}
	caps := pb.Caps.CapSet(pb.Caps.All())
	built, err := dockerfile2llb.Dockerfile2LLB(context.Background(), request.Content, dockerfile2llb.ConvertOpt{
		MetaResolver: silentImages{},
		LLBCaps:      &caps,
	})
	if err != nil {
		answer.Build, answer.Line = err.Error(), lineOf(err)
		return answer
	}
	answer.Config = &built.Image.Config
	return answer
}

func lineOf(err error) int {
	var located *parser.LocationError
	if !errors.As(err, &located) || len(located.Locations) == 0 || len(located.Locations[0]) == 0 {
		return 0
	}
	return located.Locations[0][0].Start.Line
}

// Every image is there, and says nothing.
type silentImages struct{}

func (silentImages) ResolveImageConfig(_ context.Context, name string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	layer := digest.FromString(name)
	config := `{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["` + layer.String() + `"]}}`
	return name, "", []byte(config), nil
}
