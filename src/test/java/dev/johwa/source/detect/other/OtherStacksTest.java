package dev.johwa.source.detect.other;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The plan of every stack, on a machine that has none of their tools.
class OtherStacksTest {
    @TempDir
    Path place;

    private Detection of(String... files) {
        return new Sample(place, files).detect();
    }

    /// A folder, and what follows from it.
    ///
    /// @param plan install, test, build, start, each as `words; words`
    private record Case(String provider, String missing, Service service, List<String> plan, String... files) {
        @Override
        public String toString() {
            return provider + " " + files[0] + " " + plan.getLast();
        }
    }

    static Stream<Case> stacks() {
        return Stream.of(
                new Case(
                        "ruby",
                        "ruby",
                        Service.WEB,
                        List.of(
                                "bundle install",
                                "bundle exec rspec --format progress --format json --out .johwa-results/rspec.json",
                                "",
                                "sh -c exec bundle exec puma -b \"tcp://${HOST:-127.0.0.1}:${PORT:-9292}\" config.ru"),
                        "Gemfile",
                        "source 'https://rubygems.org'\ngem 'sinatra'\ngem 'puma'\n",
                        "config.ru",
                        "run Sinatra::Application\n",
                        "spec/app_spec.rb",
                        "describe 'x'\n"),
                new Case(
                        "ruby",
                        "ruby",
                        Service.WEB,
                        List.of(
                                "bundle install",
                                "bundle exec rails test",
                                "env SECRET_KEY_BASE_DUMMY=1 SECRET_KEY_BASE=none bundle exec rails assets:precompile",
                                "sh -c exec bundle exec rails server -b \"${HOST:-127.0.0.1}\" -p \"${PORT:-3000}\""),
                        "Gemfile",
                        "gem \"rails\", \"~> 8.0\"\n",
                        "config/application.rb",
                        "",
                        "config/environment.rb",
                        "",
                        "config.ru",
                        "",
                        "package.json",
                        "{}",
                        "app/assets/config/manifest.js",
                        "",
                        "test/models/user_test.rb",
                        ""),
                new Case(
                        "ruby",
                        "ruby",
                        Service.WEB,
                        List.of("", "", "", "sh -c exec ruby app.rb -o \"${HOST:-127.0.0.1}\" -p \"${PORT:-9292}\""),
                        "app.rb",
                        "require 'sinatra'\n"),
                new Case(
                        "php",
                        "php",
                        Service.WEB,
                        List.of(
                                "composer install --no-interaction --prefer-dist --no-progress",
                                "vendor/bin/phpunit --log-junit .johwa-results/phpunit.xml",
                                "",
                                "sh -c exec php artisan serve --no-reload --host=\"${HOST:-127.0.0.1}\""
                                        + " --port=\"${PORT:-8000}\""),
                        "composer.json",
                        "{\"require\": {\"php\": \"^8.2\", \"laravel/framework\": \"^12\", \"ext-gd\": \"*\"}}",
                        "composer.lock",
                        "{}",
                        "artisan",
                        "",
                        "public/index.php",
                        "<?php",
                        "package.json",
                        "{}",
                        "phpunit.xml",
                        "<phpunit/>"),
                new Case(
                        "php",
                        "php",
                        Service.WEB,
                        List.of("", "", "", "sh -c exec php -S \"${HOST:-127.0.0.1}:${PORT:-8000}\" -t public"),
                        "public/index.php",
                        "<?php"),
                new Case(
                        "elixir",
                        "elixir",
                        Service.WEB,
                        List.of(
                                "mix local.hex --force --if-missing; mix local.rebar --force --if-missing; mix deps.get",
                                "mix test",
                                "mix compile; mix assets.deploy",
                                "mix phx.server --no-compile --no-deps-check"),
                        "mix.exs",
                        "deps: [{:phoenix, \"~> 1.7\"}, {:ecto_sql, \"~> 3\"}]\naliases \"assets.deploy\": []\n",
                        "mix.lock",
                        "",
                        "test/a_test.exs",
                        ""),
                new Case(
                        "dotnet",
                        "dotnet",
                        Service.WEB,
                        List.of(
                                "",
                                "dotnet test --logger trx",
                                "dotnet publish src/Shop/Shop.csproj -c Release -o out",
                                "sh -c ASPNETCORE_URLS=\"http://${HOST:-127.0.0.1}:${PORT:-8080}\" exec dotnet \"$0\""
                                        + " out/Shop.Web.dll"),
                        "Shop.sln",
                        "",
                        "src/Shop/Shop.csproj",
                        "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><AssemblyName>Shop.Web</AssemblyName></Project>",
                        "src/Tool/Tool.csproj",
                        "<Project Sdk=\"Microsoft.NET.Sdk\"><OutputType>Exe</OutputType></Project>",
                        "test/Shop.Tests/Shop.Tests.csproj",
                        "<Project><PackageReference Include=\"Microsoft.NET.Test.Sdk\"/></Project>"),
                new Case(
                        "deno",
                        "deno",
                        Service.WEB,
                        List.of(
                                "deno cache main.ts",
                                "deno test -A --junit-path=.johwa-results/deno.xml",
                                "",
                                "deno run -A main.ts"),
                        "deno.jsonc",
                        "{ // none\n}",
                        "main.ts",
                        "Deno.serve(() => new Response('hi'))\n",
                        "main_test.ts",
                        ""),
                new Case(
                        "crystal",
                        "crystal",
                        Service.WEB,
                        List.of(
                                "shards install",
                                "crystal spec --junit_output .johwa-results/crystal.xml",
                                "shards build --release shop",
                                "sh -c exec ./bin/shop --port \"${PORT:-3000}\" --bind \"${HOST:-127.0.0.1}\""),
                        "shard.yml",
                        "name: shop\ntargets:\n  shop:\n    main: src/shop.cr\ndependencies:\n  kemal:\n",
                        "src/shop.cr",
                        "require \"kemal\"\n",
                        "spec/shop_spec.cr",
                        ""),
                new Case(
                        "gleam",
                        "gleam",
                        Service.WEB,
                        List.of(
                                "gleam deps download",
                                "gleam test",
                                "gleam export erlang-shipment",
                                "./build/erlang-shipment/entrypoint.sh run"),
                        "gleam.toml",
                        "name = \"shop\"\n[dependencies]\nwisp = \">= 1.0.0\"\n",
                        "test/shop_test.gleam",
                        ""),
                new Case(
                        "dart",
                        "dart",
                        Service.WEB,
                        List.of(
                                "dart pub get",
                                "dart test",
                                "dart compile exe bin/server.dart -o bin/app",
                                "./bin/app"),
                        "pubspec.yaml",
                        "name: shop\n",
                        "bin/server.dart",
                        "import 'package:shelf/shelf_io.dart';\n",
                        "test/a_test.dart",
                        ""),
                new Case(
                        "dart",
                        "flutter",
                        Service.STATIC,
                        List.of("flutter pub get", "", "flutter build web", ""),
                        "pubspec.yaml",
                        "dependencies:\n  flutter:\n    sdk: flutter\n",
                        "web/index.html",
                        ""),
                new Case(
                        "swift",
                        "swift",
                        Service.WEB,
                        List.of(
                                "swift package resolve",
                                "swift test --parallel --xunit-output .johwa-results/swift.xml",
                                "swift build -c release --product App; *",
                                "sh -c exec ./bin/app serve --env production --hostname \"${HOST:-127.0.0.1}\""
                                        + " --port \"${PORT:-8080}\""),
                        "Package.swift",
                        ".package(url: \"https://github.com/vapor/vapor.git\"),\n.executableTarget(\n  name: \"App\"\n",
                        "Tests/AppTests/AppTests.swift",
                        ""),
                new Case(
                        "haskell",
                        "ghc",
                        Service.WEB,
                        List.of(
                                "cabal update",
                                "cabal test all",
                                "cabal install exe:shop --install-method=copy --installdir=bin --overwrite-policy=always",
                                "./bin/shop"),
                        "shop.cabal",
                        "executable shop\n  build-depends: base\n    , warp\ntest-suite spec\n"),
                new Case(
                        "haskell",
                        "stack",
                        Service.JOB,
                        List.of("", "stack test", "stack install --local-bin-path bin", "./bin/shop-exe"),
                        "stack.yaml",
                        "resolver: lts\n",
                        "package.yaml",
                        "executables:\n  shop-exe:\n    main: Main.hs\ntests:\n  spec:\n"),
                new Case(
                        "zig",
                        "zig",
                        Service.WEB,
                        List.of(
                                "",
                                "zig build test --summary all",
                                "zig build -Doptimize=ReleaseSafe",
                                "./zig-out/bin/shop"),
                        "build.zig",
                        "const exe = b.addExecutable(.{\n .name = \"shop\",\n});\nb.step(\"test\", \"\");\n",
                        "src/main.zig",
                        "try address.listen(.{});\n"),
                new Case(
                        "cmake",
                        "cmake",
                        Service.WEB,
                        List.of(
                                "",
                                "sh -c cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build --parallel"
                                        + " && ctest --test-dir build --output-on-failure --output-junit ctest.xml",
                                "sh -c cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build --parallel; *",
                                "./bin/app"),
                        "CMakeLists.txt",
                        "project(shop C)\nenable_testing()\nadd_executable(shop_test t.c)\n"
                                + "add_executable(${PROJECT_NAME} main.c)\n",
                        "main.c",
                        "int main() { listen(s, 1); }\n"),
                new Case(
                        "meson",
                        "meson",
                        Service.WORKER,
                        List.of(
                                "",
                                "sh -c { [ -d build/meson-info ] || meson setup build --buildtype=release; }"
                                        + " && meson compile -C build && meson test -C build --print-errorlogs",
                                "sh -c { [ -d build/meson-info ] || meson setup build --buildtype=release; }"
                                        + " && meson compile -C build; *",
                                "./bin/app"),
                        "meson.build",
                        "project('x', 'c')\nt = executable('shop_test', 't.c')\nexecutable('shop', 'm.c')\ntest('t', t)\n",
                        "m.c",
                        "int main() { while (1) sleep(1); }\n"),
                new Case(
                        "make",
                        "make",
                        Service.JOB,
                        List.of("sh ./configure", "make check", "make", "./shop"),
                        "Makefile",
                        "CC = cc\nTARGET := shop\nall: $(TARGET)\ncheck:\n\t./t\n",
                        "configure",
                        "",
                        "shop.c",
                        "int main() { return 0; }\n"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void isPlannedAndTheMissingToolIsNamed(Case stack) {
        var found = of(stack.files());

        assertThat(found.provider()).isEqualTo(stack.provider());
        assertThat(found.service()).isEqualTo(stack.service());
        assertCommands(found.install(), stack.plan().get(0));
        assertCommands(
                found.test().stream().map(Detection.Test::command).toList(),
                stack.plan().get(1));
        assertCommands(found.build(), stack.plan().get(2));
        assertCommands(List.copyOf(found.start().values()), stack.plan().get(3));
        assertThat(found.warnings())
                .filteredOn(warning -> warning.code().equals("detect.no-runtime"))
                .first()
                .satisfies(warning -> {
                    assertThat(warning.message()).startsWith("there is no " + stack.missing() + " on this machine");
                    assertThat(warning.text()).contains("install it on the server: ");
                });
    }

    /// `*` stands for a command that another test looks at.
    private static void assertCommands(List<List<String>> commands, String plan) {
        var words = commands.stream().map(command -> String.join(" ", command)).toList();
        var wanted = plan.isEmpty() ? List.<String>of() : List.of(plan.split("; (?=[a-z*]+( |$))"));
        assertThat(words).hasSameSizeAs(wanted);
        for (int i = 0; i < words.size(); i++) {
            assertThat(wanted.get(i).equals("*") ? "*" : words.get(i)).isEqualTo(wanted.get(i));
        }
    }

    @Test
    void aToolOfTheMachineIsUsedInItsVersion() {
        var found = new Sample(place, "config.ru", "", "Gemfile", "")
                .with("ruby", "3.2.1")
                .detect();

        assertThat(found.version()).contains("3.2.1");
        assertThat(found.environment().get("PATH")).contains(".rbenv/versions/3.2.1/bin:");
    }

    @Test
    void theVersionThatIsAskedForIsChosen() {
        var found = new Sample(place, "config.ru", "", "Gemfile", "ruby '~> 3.2.0'\n")
                .with("ruby", "3.2.1")
                .with("ruby", "3.4.1")
                .detect();

        assertThat(found.version()).contains("3.2.1");
    }

    @Test
    void railsAndLaravelAndPhoenixAreToldTheirSecrets() {
        var found = of("composer.json", "{}", "artisan", "", "public/index.php", "", "database/migrations/1.php", "");

        assertThat(found.release()).containsExactly(List.of("php", "artisan", "migrate", "--force"));
        assertThat(found.testEnvironment().get("APP_KEY")).startsWith("base64:");
        assertThat(Sample.warnings(found)).contains("detect.secret");
    }

    @Test
    void whatIsOnlyATopicOfAnotherStackIsLeftToIt() {
        assertThat(of("Gemfile", "gem 'fastlane'\n", "package.json", "{}").provider())
                .isEqualTo("node-npm");
        assertThat(of("deno.json", "{}", "package.json", "{}").provider()).isEqualTo("node-npm");
    }

    @Test
    void aManifestOfCMakeBesideAnotherStackIsForItsExtension() {
        assertThat(of("CMakeLists.txt", "", "package.json", "{}").provider()).isEqualTo("node-npm");
        assertThat(new Sample(place.resolve("b"), "CMakeLists.txt", "", "pyproject.toml", "[project]\nname = \"x\"\n")
                        .detect()
                        .language())
                .isEqualTo("Python");
    }

    @Test
    void aMakefileWithoutSourcesOfCIsNoStack() {
        assertThat(new Sample(place, "Makefile", "all:\n\techo\n").find())
                .map(Detection::provider)
                .isNotEqualTo(Optional.of("make"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gemfile",
                "composer.json",
                "mix.exs",
                "a.csproj",
                "deno.json",
                "shard.yml",
                "gleam.toml",
                "pubspec.yaml",
                "Package.swift",
                "stack.yaml",
                "a.cabal",
                "build.zig",
                "CMakeLists.txt",
                "meson.build"
            })
    void aBrokenManifestIsNoException(String file) {
        for (var text : List.of("", "{", "\uFEFF\r\n", "(((((\"", "[".repeat(10_000), "name: [")) {
            var found = new Sample(place.resolve(String.valueOf(text.hashCode())), file, text).find();

            assertThat(found).as(text).isPresent();
        }
    }
}
