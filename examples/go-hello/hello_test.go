package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestGreetsByName(t *testing.T) {
	text, err := greet("Hello", "Ada")
	if err != nil || text != "Hello, Ada!" {
		t.Errorf("got %q, %v", text, err)
	}
}

func TestGreetsTheWorldWhenNobodyIsNamed(t *testing.T) {
	if text, _ := greet("Hello", "  "); text != "Hello, world!" {
		t.Errorf("got %q", text)
	}
}

func TestRefusesAnEndlessName(t *testing.T) {
	if _, err := greet("Hello", strings.Repeat("x", longestName+1)); err == nil {
		t.Error("it was greeted")
	}
}

func TestAnswersOverHTTP(t *testing.T) {
	for _, each := range []struct {
		path   string
		status int
		body   string
	}{
		{"/", http.StatusOK, "Hello, world!"},
		{"/api/hello?name=Ada", http.StatusOK, `{"message":"Hello, Ada!"}`},
		{"/healthz", http.StatusOK, "ok"},
		{"/nothing", http.StatusNotFound, "nothing here"},
	} {
		t.Run(each.path, func(t *testing.T) {
			answer := httptest.NewRecorder()
			newHandler("Hello").ServeHTTP(answer, httptest.NewRequest(http.MethodGet, each.path, nil))
			if answer.Code != each.status {
				t.Errorf("status %d, want %d", answer.Code, each.status)
			}
			if !strings.Contains(answer.Body.String(), each.body) {
				t.Errorf("body %q does not contain %q", answer.Body.String(), each.body)
			}
		})
	}
}
