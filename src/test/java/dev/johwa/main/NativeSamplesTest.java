package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One small application of each stack whose tools a machine has from its own packages, pushed as it is: none needs a
/// registry.
class NativeSamplesTest {
    private static final String SERVER_IN_C = """
        #include <arpa/inet.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>

        int main(void) {
          int socket_of_all = socket(AF_INET, SOCK_STREAM, 0);
          struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(getenv("PORT")))};
          address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
          bind(socket_of_all, (struct sockaddr *)&address, sizeof address);
          listen(socket_of_all, 16);
          for (;;) {
            char request[4096];
            int client = accept(socket_of_all, 0, 0);
            read(client, request, sizeof request);
            const char *answer = "HTTP/1.1 200 OK\\r\\ncontent-length: 12\\r\\nconnection: close\\r\\n\\r\\nhello from C";
            write(client, answer, strlen(answer));
            close(client);
          }
        }
        """;

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private void needs(String program) {
        var folders = List.of(System.getenv("PATH").split(":"));
        boolean isHere = folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(isHere, program + " is not here");
    }

    /// Pushes it, and expects so many tests and this answer.
    private String push(String name, String tests, String answer, String... files) throws Exception {
        var output = platform.push(platform.repository(name, files), "main");
        assertThat(output).contains(tests).contains("http://" + name + ".localhost:");
        assertThat(platform.body(name)).contains(answer);
        return output;
    }

    @Test
    void aGoWorkspaceIsTestedFromItsRootAndItsServerServes() throws Exception {
        needs("go");
        push(
                "go",
                "1 passed",
                "hello from go",
                "go.work",
                "go 1.18\n\nuse (\n\t./greet\n\t./server\n)\n",
                "greet/go.mod",
                "module example.com/greet\n\ngo 1.18\n",
                "greet/greet.go",
                "package greet\n\nfunc Hello() string { return \"hello from go\" }\n",
                "greet/greet_test.go",
                "package greet\n\nimport \"testing\"\n\nfunc TestHello(t *testing.T) {\n\tif Hello() == \"\" {\n\t\tt.Fail()\n\t}\n}\n",
                "server/go.mod",
                "module example.com/server\n\ngo 1.18\n",
                "server/main.go",
                """
                package main

                import (
                	"fmt"
                	"net"
                	"os"

                	"example.com/greet"
                )

                func main() {
                	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
                	for err == nil {
                		client, _ := listener.Accept()
                		client.Read(make([]byte, 4096))
                		fmt.Fprintf(client, "HTTP/1.1 200 OK\\r\\ncontent-length: %d\\r\\nconnection: close\\r\\n\\r\\n%s", len(greet.Hello()), greet.Hello())
                		client.Close()
                	}
                }
                """);
    }

    @Test
    void aToolThatIsNotHereIsToldBeforeAnythingIsTried() throws Exception {
        var repository = platform.repository(
                "far",
                "shard.yml",
                "name: far\nversion: 0.1.0\ntargets:\n  far:\n    main: src/far.cr\n",
                "src/far.cr",
                "puts 1\n");

        assertThat(platform.push(repository, "main"))
                .contains("there is no crystal on this machine")
                .contains("To mend it: install")
                .doesNotContain("install   ");
    }

    @Test
    void aRustWorkspaceIsTestedAndItsServerServes() throws Exception {
        needs("cargo");
        push(
                "rust",
                "1 passed",
                "hello from rust",
                "Cargo.toml",
                "[workspace]\nmembers = [\"crates/*\"]\n",
                "Cargo.lock",
                """
                version = 3

                [[package]]
                name = "greet"
                version = "0.1.0"

                [[package]]
                name = "server"
                version = "0.1.0"
                dependencies = [
                 "greet",
                ]
                """,
                "crates/greet/Cargo.toml",
                "[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
                "crates/greet/src/lib.rs",
                """
                pub fn hello() -> &'static str {
                    "hello from rust"
                }

                #[test]
                fn it_greets() {
                    assert!(hello().starts_with("hello"));
                }
                """,
                "crates/server/Cargo.toml",
                "[package]\nname = \"server\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\n"
                        + "greet = { path = \"../greet\" }\n",
                "crates/server/src/main.rs",
                """
                use std::io::{Read, Write};

                fn main() {
                    let port = std::env::var("PORT").unwrap();
                    let listener = std::net::TcpListener::bind(format!("127.0.0.1:{port}")).unwrap();
                    for stream in listener.incoming() {
                        let mut stream = stream.unwrap();
                        let _ = stream.read(&mut [0; 4096]);
                        let body = greet::hello();
                        let _ = write!(stream, "HTTP/1.1 200 OK\\r\\ncontent-length: {}\\r\\nconnection: close\\r\\n\\r\\n{body}", body.len());
                    }
                }
                """);
    }

    @Test
    void plainPhpIsServedWithItsFiles() throws Exception {
        needs("php");
        push("php", "no tests found", "hello 42", "index.php", "<?php echo 'hello ', 6 * 7;\n", "dot.svg", "<svg/>");

        assertThat(platform.get("php.localhost", "/dot.svg").body()).isEqualTo("<svg/>");
    }

    @Test
    void anApplicationOfRackIsTestedAndServed() throws Exception {
        needs("rackup");
        push(
                "rack",
                "1 passed",
                "hello from rack",
                "config.ru",
                "require_relative \"greeting\"\nrun ->(env) { [200, {\"content-type\" => \"text/plain\"}, [greeting]] }\n",
                "greeting.rb",
                "def greeting = \"hello from rack\"\n",
                "test/greeting_test.rb",
                """
                require "minitest/autorun"
                require_relative "../greeting"

                class GreetingTest < Minitest::Test
                  def test_it_greets = assert_match(/^h/, greeting)
                end
                """);
    }

    @Test
    void anApplicationOfElixirIsTestedAndServed() throws Exception {
        needs("mix");
        push(
                "elixir",
                "1 passed",
                "hello from elixir",
                // On a machine that is busy, Erlang takes long to start.
                "johwa.yaml",
                "health: {within: 2m}\n",
                "mix.exs",
                """
                defmodule Hello.MixProject do
                  use Mix.Project

                  def project, do: [app: :hello, version: "0.1.0"]
                  def application, do: [mod: {Hello, []}]
                end
                """,
                "lib/hello.ex",
                """
                defmodule Hello do
                  use Application

                  def start(_, _), do: Task.start_link(&listen/0)
                  def body, do: "hello from elixir"

                  def listen do
                    port = String.to_integer(System.get_env("PORT") || "0")
                    {:ok, socket} = :gen_tcp.listen(port, [:binary, packet: :http_bin, active: false, reuseaddr: true])
                    accept(socket)
                  end

                  defp accept(socket) do
                    {:ok, client} = :gen_tcp.accept(socket)
                    spawn(fn -> answer(client) end)
                    accept(socket)
                  end

                  defp answer(client) do
                    case :gen_tcp.recv(client, 0, 5_000) do
                      {:ok, :http_eoh} ->
                        head = "HTTP/1.1 200 OK\\r\\ncontent-length: #{byte_size(body())}\\r\\nconnection: close\\r\\n\\r\\n"
                        :gen_tcp.send(client, head <> body())
                        :gen_tcp.close(client)

                      {:ok, _} ->
                        answer(client)

                      _ ->
                        :gen_tcp.close(client)
                    end
                  end
                end
                """,
                "test/test_helper.exs",
                "ExUnit.start()\n",
                "test/hello_test.exs",
                "defmodule HelloTest do\n  use ExUnit.Case\n  test \"greets\", do: assert Hello.body() =~ \"hello\"\nend\n");
    }

    @Test
    void aProgramInCWithCMakeIsTestedByCTestAndServes() throws Exception {
        needs("cmake");
        push("cmake", "2 passed", "hello from C", "CMakeLists.txt", """
                cmake_minimum_required(VERSION 3.10)
                project(server C)
                add_executable(server server.c)
                enable_testing()
                add_test(NAME true COMMAND true)
                add_test(NAME also COMMAND ${CMAKE_COMMAND} -E echo fine)
                """, "server.c", SERVER_IN_C);
    }

    @Test
    void aProgramInCWithMakeIsTestedAndServes() throws Exception {
        needs("make");
        push(
                "make",
                "1 passed",
                "hello from C",
                "Makefile",
                "TARGET = server\n\nall: $(TARGET)\n\n$(TARGET): server.c\n\tcc -O2 -o $@ $<\n\ntest: $(TARGET)\n\ttest -x $(TARGET)\n",
                "server.c",
                SERVER_IN_C);
    }
}
