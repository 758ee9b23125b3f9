package main

import (
	"bytes"
	"context"
	"encoding/json"
	gofs "io/fs"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
	"github.com/tonistiigi/fsutil"
)

func init() { commands["ignore"] = ignore }

// Content is in base64, as Go's JSON has bytes.
type ignoreRequest struct {
	Content []byte `json:"content"`
	Folder  string `json:"folder"`
}

type ignoreAnswer struct {
	Error string `json:"error"`
	// What BuildKit's walk of the folder gives: files and links, no folders.
	Files []string `json:"files"`
	// What the matcher says of each file by itself.
	Alone []string `json:"alone"`
}

func ignore(line []byte) any {
	var request ignoreRequest
	if err := json.Unmarshal(line, &request); err != nil {
		return map[string]string{"error": err.Error()}
	}
	answer := ignoreAnswer{Files: []string{}, Alone: []string{}}
	patterns, err := ignorefile.ReadAll(bytes.NewReader(request.Content))
	if err != nil {
		answer.Error = err.Error()
		return answer
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		answer.Error = err.Error()
		return answer
	}
	err = fsutil.WalkDir(context.Background(), request.Folder, &fsutil.FilterOpt{ExcludePatterns: patterns},
		func(path string, entry gofs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				answer.Files = append(answer.Files, path)
			}
			return err
		})
	if err != nil {
		answer.Error = err.Error()
		return answer
	}
	err = fsutil.WalkDir(context.Background(), request.Folder, nil,
		func(path string, entry gofs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			isIgnored, err := matcher.MatchesOrParentMatches(path)
			if err == nil && !isIgnored {
				answer.Alone = append(answer.Alone, path)
			}
			return err
		})
	if err != nil {
		answer.Error = err.Error()
	}
	return answer
}
