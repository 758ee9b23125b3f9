// Answers requests as Traefik does by a file of its file provider: what `johwa eject --to traefik` writes must mean the
// same as our own edge. Reads one JSON document from standard input, prints an answer a line.
package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"text/template"

	goauth "github.com/abbot/go-http-auth"
	"github.com/rs/zerolog"
	"github.com/traefik/paerser/file"
	"github.com/traefik/traefik/v3/pkg/config/dynamic"
	"github.com/traefik/traefik/v3/pkg/ip"
	"github.com/traefik/traefik/v3/pkg/middlewares/buffering"
	"github.com/traefik/traefik/v3/pkg/middlewares/headers"
	"github.com/traefik/traefik/v3/pkg/middlewares/redirect"
	"github.com/traefik/traefik/v3/pkg/middlewares/requestdecorator"
	httpmuxer "github.com/traefik/traefik/v3/pkg/muxer/http"
	"github.com/traefik/traefik/v3/pkg/server/service/loadbalancer/wrr"
)

type question struct {
	// The entry point, and whether it ends TLS.
	Entry  string `json:"entry"`
	Secure bool   `json:"secure"`
	Remote string `json:"remote"`
	// The request as it is sent.
	Raw string `json:"raw"`
}

type input struct {
	File      string     `json:"file"`
	Questions []question `json:"questions"`
}

type answer struct {
	Status   int               `json:"status"`
	Fields   map[string]string `json:"fields"`
	Service  string            `json:"service"`
	Backend  string            `json:"backend"`
	Password bool              `json:"password"`
}

// What a request that came through met.
type backend struct {
	name, url string
}

func (b backend) ServeHTTP(rw http.ResponseWriter, req *http.Request) {
	rw.Header().Set("Seen-Service", b.name)
	rw.Header().Set("Seen-Backend", b.url)
	if req.Header.Get("Authorization") != "" {
		rw.Header().Set("Seen-Password", "yes")
	}
	rw.WriteHeader(http.StatusOK)
	fmt.Fprintln(rw, "here")
}

func service(config *dynamic.Configuration, name string) (http.Handler, error) {
	found := config.HTTP.Services[name]
	if found != nil && found.Weighted != nil {
		balancer := wrr.New(found.Weighted.Sticky, false)
		for _, part := range found.Weighted.Services {
			handler, err := service(config, part.Name)
			if err != nil {
				return nil, err
			}
			balancer.Add(part.Name, handler, part.Weight)
		}
		return balancer, nil
	}
	if found == nil || found.LoadBalancer == nil || len(found.LoadBalancer.Servers) == 0 {
		return nil, fmt.Errorf("there is no service %q", name)
	}
	transport := found.LoadBalancer.ServersTransport
	if transport != "" && config.HTTP.ServersTransports[transport] == nil {
		return nil, fmt.Errorf("there is no transport %q", transport)
	}
	return backend{name, found.LoadBalancer.Servers[0].URL}, nil
}

// Its middlewares of passwords and addresses bring all of its providers along, so the parts that decide are put together
// here: its own checker of addresses, and the library by which it compares passwords.
func fromAddresses(list dynamic.IPAllowList, next http.Handler) (http.Handler, error) {
	checker, err := ip.NewChecker(list.SourceRange)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		if checker.IsAuthorized((&ip.RemoteAddrStrategy{}).GetIP(req)) != nil {
			rw.WriteHeader(http.StatusForbidden)
			return
		}
		next.ServeHTTP(rw, req)
	}), nil
}

func withPassword(list dynamic.BasicAuth, next http.Handler) (http.Handler, error) {
	content, err := os.ReadFile(list.UsersFile)
	if err != nil {
		return nil, err
	}
	known := map[string]string{}
	for _, line := range strings.Fields(string(content)) {
		name, hash, _ := strings.Cut(line, ":")
		known[name] = hash
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		name, password, isShown := req.BasicAuth()
		if !isShown || known[name] == "" || !goauth.CheckSecret(password, known[name]) {
			rw.WriteHeader(http.StatusUnauthorized)
			return
		}
		if list.RemoveHeader {
			req.Header.Del("Authorization")
		}
		next.ServeHTTP(rw, req)
	}), nil
}

// As its file provider reads one: first as a template, then strictly.
func read(name string) (*dynamic.Configuration, error) {
	content, err := template.ParseFiles(name)
	if err != nil {
		return nil, err
	}
	var filled bytes.Buffer
	if err := content.Execute(&filled, false); err != nil {
		return nil, err
	}
	config := &dynamic.Configuration{}
	return config, file.DecodeContent(filled.String(), ".yml", config)
}

func wrapped(ctx context.Context, config *dynamic.Configuration, name string, next http.Handler) (http.Handler, error) {
	found := config.HTTP.Middlewares[name]
	switch {
	case found == nil:
		return nil, fmt.Errorf("there is no middleware %q", name)
	case found.BasicAuth != nil:
		return withPassword(*found.BasicAuth, next)
	case found.Buffering != nil:
		return buffering.New(ctx, next, *found.Buffering, name)
	case found.Headers != nil:
		return headers.New(ctx, next, *found.Headers, name)
	case found.IPAllowList != nil:
		return fromAddresses(*found.IPAllowList, next)
	case found.RedirectRegex != nil:
		return redirect.NewRedirectRegex(ctx, next, *found.RedirectRegex, name)
	case found.RedirectScheme != nil:
		return redirect.NewRedirectScheme(ctx, next, *found.RedirectScheme, name)
	}
	return nil, fmt.Errorf("%q is of a kind that is not known here", name)
}

func muxer(ctx context.Context, config *dynamic.Configuration, entry string) (http.Handler, error) {
	all, err := httpmuxer.NewMuxer()
	if err != nil {
		return nil, err
	}
	for name, router := range config.HTTP.Routers {
		if len(router.EntryPoints) != 1 || router.EntryPoints[0] != entry {
			continue
		}
		handler, err := service(config, router.Service)
		for i := len(router.Middlewares) - 1; i >= 0 && err == nil; i-- {
			handler, err = wrapped(ctx, config, router.Middlewares[i], handler)
		}
		if err == nil {
			priority := router.Priority
			if priority == 0 {
				priority = httpmuxer.GetRulePriority(router.Rule)
			}
			err = all.AddRoute(router.Rule, router.RuleSyntax, priority, handler)
		}
		if err != nil {
			return nil, fmt.Errorf("router %q: %w", name, err)
		}
	}
	return requestdecorator.WrapHandler(requestdecorator.New(nil))(all)
}

func ask(handler http.Handler, asked question) (answer, error) {
	request, err := http.ReadRequest(bufio.NewReader(strings.NewReader(asked.Raw)))
	if err != nil {
		return answer{}, err
	}
	request.RemoteAddr = asked.Remote
	if asked.Secure {
		request.TLS = &tls.ConnectionState{}
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	fields := map[string]string{}
	for name := range recorder.Header() {
		if !strings.HasPrefix(name, "Seen-") {
			fields[strings.ToLower(name)] = recorder.Header().Get(name)
		}
	}
	return answer{
		recorder.Code, fields, recorder.Header().Get("Seen-Service"), recorder.Header().Get("Seen-Backend"),
		recorder.Header().Get("Seen-Password") != "",
	}, nil
}

func main() {
	// Its words would stand among the answers.
	zerolog.SetGlobalLevel(zerolog.Disabled)
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		fail(err)
	}
	ctx := context.Background()
	config, err := read(in.File)
	if err != nil {
		fail(err)
	}
	out := json.NewEncoder(os.Stdout)
	// Who takes turns goes on from one question to the next.
	handlers := map[string]http.Handler{}
	for _, asked := range in.Questions {
		handler := handlers[asked.Entry]
		if handler == nil {
			if handler, err = muxer(ctx, config, asked.Entry); err != nil {
				fail(err)
			}
			handlers[asked.Entry] = handler
		}
		answered, err := ask(handler, asked)
		if err != nil {
			fail(err)
		}
		if err := out.Encode(answered); err != nil {
			fail(err)
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
