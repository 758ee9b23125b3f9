"""Go, as each framework's first page shows it, in a module that `go mod init` made."""
from sample import Sample, run, write

TEST = '''package %s

import "testing"

func TestGreeting(t *testing.T) {
	if greeting() == "" {
		t.Error("nothing is said")
	}
}

func TestGreetingIsPolite(t *testing.T) {
	if greeting()[0] != 'H' {
		t.Errorf("%%q is not polite", greeting())
	}
}
'''
GREETING = 'func greeting() string { return "Hello from %s" }\n'


def module(folder, name, *modules):
    run(folder, "go", "mod", "init", "example.com/" + name)
    run(folder, "go", "mod", "edit", "-go=1.24.0")
    for each in modules:
        run(folder, "go", "get", each)
    run(folder, "go", "mod", "tidy")


def chi(folder):
    write(folder, **{"main.go": '''package main

import (
	"net/http"
	"os"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

''' + GREETING % "chi" + '''
func main() {
	r := chi.NewRouter()
	r.Use(middleware.Logger)
	r.Get("/", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(greeting()))
	})
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	http.ListenAndServe(":"+port, r)
}
''', "main_test.go": TEST % "main"})
    module(folder, "go-chi", "github.com/go-chi/chi/v5@v5.2.3")


def gin(folder):
    write(folder, **{"cmd/server/main.go": '''package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

''' + GREETING % "gin" + '''
func main() {
	r := gin.Default()
	r.GET("/", func(c *gin.Context) {
		c.String(http.StatusOK, greeting())
	})
	r.Run()
}
''', "cmd/server/main_test.go": TEST % "main"})
    module(folder, "go-gin", "github.com/gin-gonic/gin@v1.11.0")


def echo(folder):
    write(folder, **{"server.go": '''package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

''' + GREETING % "echo" + '''
func main() {
	e := echo.New()
	e.GET("/", func(c echo.Context) error {
		return c.String(http.StatusOK, greeting())
	})
	e.Logger.Fatal(e.Start(":1323"))
}
''', "server_test.go": TEST % "main"})
    module(folder, "go-echo", "github.com/labstack/echo/v4@v4.13.4")


def fiber(folder):
    write(folder, **{"main.go": '''package main

import (
	"log"

	"github.com/gofiber/fiber/v2"
)

''' + GREETING % "fiber" + '''
func main() {
	app := fiber.New()
	app.Get("/", func(c *fiber.Ctx) error {
		return c.SendString(greeting())
	})
	log.Fatal(app.Listen(":3000"))
}
''', "main_test.go": TEST % "main"})
    module(folder, "go-fiber", "github.com/gofiber/fiber/v2@v2.52.9")
    run(folder, "go", "mod", "vendor")


def function(folder):
    write(folder, **{"hello_http.go": '''// Package helloworld provides a set of Cloud Functions samples.
package helloworld

import (
	"fmt"
	"net/http"

	"github.com/GoogleCloudPlatform/functions-framework-go/functions"
)

func init() {
	functions.HTTP("HelloHTTP", HelloHTTP)
}

''' + GREETING % "a function" + '''
// HelloHTTP is an HTTP Cloud Function.
func HelloHTTP(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, greeting())
}
''', "hello_http_test.go": TEST % "helloworld"})
    module(folder, "go-function", "github.com/GoogleCloudPlatform/functions-framework-go@v1.9.2")


def sample(name, make, file, words, **more):
    return Sample(name, make, "Hello from " + words, (file, "Hello from " + words, "Hi from " + words), "Hi from " + words,
                  tests=2, **more)


SAMPLES = [sample("go-chi", chi, "main.go", "chi"), sample("go-gin", gin, "cmd/server/main.go", "gin"),
           sample("go-echo", echo, "server.go", "echo"), sample("go-fiber-vendored", fiber, "main.go", "fiber"),
           sample("go-function", function, "hello_http.go", "a function")]
