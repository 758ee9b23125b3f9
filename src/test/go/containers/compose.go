package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func init() { commands["compose"] = compose }

type composeRequest struct {
	Folder      string            `json:"folder"`
	Files       []string          `json:"files"`
	Profiles    []string          `json:"profiles"`
	Environment map[string]string `json:"environment"`
}

type composeAnswer struct {
	// Why the files are refused; empty when there is a model.
	Error string          `json:"error"`
	Model json.RawMessage `json:"model,omitempty"`
}

func compose(line []byte) any {
	var request composeRequest
	if err := json.Unmarshal(line, &request); err != nil {
		return composeAnswer{Error: err.Error()}
	}
	model, err := composeModel(request.Folder, request.Files, request.Profiles, request.Environment)
	if err != nil {
		return composeAnswer{Error: err.Error()}
	}
	return composeAnswer{Model: model}
}

// What `docker compose config --format json` prints in a folder: the options are those of its source
// (internal/projectloader, cmd/compose/config.go), in their order.
func composeModel(dir string, files []string, profiles []string, environment map[string]string) (json.RawMessage, error) {
	if err := os.Chdir(dir); err != nil {
		return nil, err
	}
	variables := []string{"PWD=" + dir}
	for name, value := range environment {
		variables = append(variables, name+"="+value)
	}
	options, err := cli.NewProjectOptions(files,
		cli.WithInterpolation(true),
		cli.WithResolvedPaths(true),
		cli.WithNormalization(true),
		cli.WithConsistency(true),
		cli.WithDiscardEnvFile,
		cli.WithEnv(variables),
		cli.WithEnvFiles(),
		cli.WithDotEnv,
		cli.WithConfigFileEnv,
		cli.WithDefaultConfigPath,
		cli.WithEnvFiles(),
		cli.WithDotEnv,
		cli.WithDefaultProfiles(profiles...),
		cli.WithName(""))
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	if project.Name == "" {
		return nil, errors.New("project name can't be empty")
	}
	project = project.WithoutUnnecessaryResources()
	if project, err = project.WithServicesEnvironmentResolved(true); err != nil {
		return nil, err
	}
	if err := project.CheckContainerNameUnicity(); err != nil {
		return nil, err
	}
	model, err := project.MarshalJSON()
	return bytes.ReplaceAll(model, []byte{'$'}, []byte{'$', '$'}), err
}
