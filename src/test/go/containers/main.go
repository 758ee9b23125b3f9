// Answers what the programs of the container world themselves say of a file: a JSON document a line on standard input,
// an answer a line. The tests hold our own readers to it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// By the name of the sub-command; each file of this folder adds its own in init.
var commands = map[string]func(request []byte) any{}

func main() {
	if len(os.Args) != 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: containers dockerfile|ignore|compose")
		os.Exit(2)
	}
	// Warnings of libraries, as of a NUL in a text, are nobody's business.
	if silent, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0); err == nil {
		os.Stderr = silent
	}
	command := commands[os.Args[1]]
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	answers := bufio.NewWriter(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			answer, problem := json.Marshal(answered(command, line))
			if problem != nil {
				answer = []byte(`{"error":"the answer is no JSON"}`)
			}
			answers.Write(append(answer, '\n'))
			answers.Flush()
		}
		if err != nil {
			return
		}
	}
}

func answered(command func([]byte) any, line []byte) (answer any) {
	defer func() {
		if panicked := recover(); panicked != nil {
			answer = map[string]string{"error": fmt.Sprint("panic: ", panicked)}
		}
	}()
	return command(line)
}
