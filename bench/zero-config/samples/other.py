"""Stacks whose tools Debian has, with nothing that another registry would have to bring."""
from sample import Sample, run, write


def php(folder):
    write(folder, **{"index.php": '''<?php require __DIR__ . "/greeting.php"; ?>
<!doctype html>
<title>Plain PHP</title>
<link rel="stylesheet" href="style.css">
<h1><?= htmlspecialchars(greeting()) ?></h1>
''', "greeting.php": '''<?php
function greeting(): string
{
    return "Hello from PHP";
}
''', "about.php": "<?php echo 'about', ' ', 6 * 7;\n", "style.css": "h1 { color: teal }\n"})


def ruby(folder):
    write(folder, **{"config.ru": '''require_relative "greeting"

run ->(env) { [200, {"content-type" => "text/plain"}, [greeting]] }
''', "greeting.rb": '''def greeting
  "Hello from Rack"
end
''', "test/greeting_test.rb": '''require "minitest/autorun"
require_relative "../greeting"

class GreetingTest < Minitest::Test
  def test_it_greets
    assert_match(/^H/, greeting)
  end

  def test_it_is_short
    assert_operator greeting.length, :<, 80
  end
end
'''})


def elixir(folder):
    run(folder, "mix", "new", ".", "--app", "hello", "--sup")
    application = folder / "lib/hello/application.ex"
    text = application.read_text()
    application.write_text(text[:text.index("    children = [")] + "    children = [Hello.Server]\n"
                           + text[text.index("\n    # See https"):])
    write(folder, **{"lib/hello/server.ex": '''defmodule Hello.Server do
  use Task, restart: :permanent

  def start_link(_), do: Task.start_link(__MODULE__, :listen, [])

  def greeting, do: "Hello from Elixir"

  def listen do
    port = String.to_integer(System.get_env("PORT") || "4000")
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
        body = greeting()
        :gen_tcp.send(client, "HTTP/1.1 200 OK\\r\\ncontent-type: text/plain\\r\\ncontent-length: #{byte_size(body)}\\r\\nconnection: close\\r\\n\\r\\n" <> body)
        :gen_tcp.close(client)

      {:ok, _} ->
        answer(client)

      {:error, _} ->
        :gen_tcp.close(client)
    end
  end
end
'''})


def sample(name, make, file, words, **more):
    return Sample(name, make, "Hello from " + words, (file, "Hello from " + words, "Hi from " + words), "Hi from " + words, **more)


SAMPLES = [sample("php-plain", php, "greeting.php", "PHP", paths={"/about.php": "about 42", "/style.css": "teal"}),
           sample("ruby-rack", ruby, "greeting.rb", "Rack", tests=2),
           sample("elixir-plug-less", elixir, "lib/hello/server.ex", "Elixir", tests=2)]
