package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

const longestName = 50

// greet greets someone; a blank name greets the world.
func greet(word, name string) (string, error) {
	whom := strings.TrimSpace(name)
	if whom == "" {
		whom = "world"
	}
	if utf8.RuneCountInString(whom) > longestName {
		return "", fmt.Errorf("a name has at most %d letters", longestName)
	}
	return word + ", " + whom + "!", nil
}

// newHandler answers with a page at /, JSON at /api/hello, and /healthz for whoever watches.
func newHandler(word string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.Error(w, "There is nothing here.", http.StatusNotFound)
			return
		}
		text, _ := greet(word, "")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><title>Hello</title><h1>%s</h1>\n", text)
	})
	mux.HandleFunc("/api/hello", func(w http.ResponseWriter, r *http.Request) {
		text, err := greet(word, r.URL.Query().Get("name"))
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]string{"error": err.Error()})
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]string{"message": text})
	})
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	return mux
}
