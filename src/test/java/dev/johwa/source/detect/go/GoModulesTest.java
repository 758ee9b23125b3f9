package dev.johwa.source.detect.go;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoModulesTest {
    private static final String MAIN = "package main\n\nfunc main() {}\n";

    @TempDir
    Path place;

    private Detection of(String... files) {
        return new Sample(place, files).with("go", "1.25.1").detect();
    }

    @Test
    void aWorkspaceIsTestedAndBuiltFromItsRoot() {
        var found = of(
                "go.work",
                "go 1.24\n\nuse (\n\t./api // ours\n\t./lib\n\t../outside\n)\n",
                "api/go.mod",
                "module example.com/api\ngo 1.24\nrequire example.com/lib v0.0.0\n",
                "api/main.go",
                "package main\nimport \"net/http\"\nfunc main() { http.ListenAndServe(\":1\", nil) }\n",
                "lib/go.mod",
                "module example.com/lib\n",
                "lib/lib_test.go",
                "package lib\nfunc TestIt(t *testing.T) {}\n");

        assertThat(found.evidence().getFirst().why()).isEqualTo("a workspace of 2 Go modules");
        assertThat(found.test())
                .extracting(Detection.Test::command)
                .containsExactly(List.of("go", "test", "-v", "./lib/..."));
        assertThat(Sample.words(found.build())).endsWith(" ./api");
        assertThat(found.service()).isEqualTo(Service.WEB);
    }

    @ParameterizedTest
    @CsvSource({
        "Godeps/Godeps.json, '{\"ImportPath\": \"github.com/a/shop\"}'",
        "vendor/vendor.json, '{\"rootPath\": \"github.com/a/shop\"}'",
        ".godir, 'github.com/a/shop\n'"
    })
    void aProgramFromBeforeModulesHasTheNameThatItsProcfileCalls(String file, String text) {
        var found = of("web.go", MAIN, "Procfile", "web: shop -x\n", file, text);

        assertThat(Sample.words(found.build())).contains("-o bin/shop .");
    }

    @Test
    void aProgramThatOpensFilesBesideItIsStartedThere() {
        var opens = "package main\nimport \"net/http\"\nvar page = template.ParseFiles(\"index.tmpl\")\n"
                + "func main() { http.ListenAndServe(\":1\", nil) }\n";
        var beside = of(
                "go.mod", "module a\n", "web/site/main.go", opens, "web/site/index.tmpl", "hello", "lib/lib.go", "x");

        assertThat(beside.start().get("web"))
                .containsExactly("sh", "-c", "cd \"$0\" && exec \"$1\"", "web/site/", "../../bin/app");
    }

    @Test
    void aProgramThatOpensFilesOfTheRootIsStartedThere() {
        var opens = "package main\nimport \"net/http\"\nfunc main() { http.FileServer(http.Dir(\"./static\")) }\n";
        var above = of("go.mod", "module a\n", "cmd/a/main.go", opens, "static/a.css", "", "cmd/a/static/a.css", "");

        assertThat(above.start().values().iterator().next()).containsExactly("./bin/app");
    }

    @Test
    void aModuleFurtherDownIsNoPartOfTheOneAroundIt() {
        var found = of(
                "go.mod", "module a\n", "cmd/a/main.go", MAIN, "tool/go.mod", "module a/tool\n", "tool/main.go", MAIN);

        assertThat(Sample.words(found.build())).endsWith(" ./cmd/a");
        assertThat(Sample.warnings(found)).doesNotContain("detect.several-programs");
    }

    @Test
    void theProgramOfALibraryMayBeAModuleOfItsOwn() {
        var found = of(
                "go.mod",
                "module a\n",
                "a.go",
                "package a\n",
                "a_test.go",
                "package a\nfunc TestIt(t *testing.T) {}\n",
                "cmd/tool/go.mod",
                "module a/cmd/tool\nrequire a v0.0.0\nreplace a => ../..\n",
                "cmd/tool/main.go",
                MAIN,
                "cmd/tool/main_test.go",
                "package main\nfunc TestIt(t *testing.T) {}\n");

        assertThat(found.service()).isEqualTo(Service.JOB);
        assertThat(found.build().getFirst())
                .containsSequence("sh", "cmd/tool", "go", "build")
                .endsWith(".");
        assertThat(found.test())
                .extracting(test -> String.join(" ", test.command()))
                .satisfiesExactly(
                        outer -> assertThat(outer).isEqualTo("go test -v ./..."),
                        inner -> assertThat(inner).endsWith("sh cmd/tool go test -v ./..."));
        assertThat(found.evidence().getFirst().file()).isEqualTo("cmd/tool/go.mod");
    }

    @Test
    void aModuleFurtherDownThatTheWorkspaceUsesCounts() {
        var found = of(
                "go.work",
                "go 1.24\nuse (\n\t.\n\t./cmd/tool\n)\n",
                "go.mod",
                "module a\n",
                "cmd/tool/go.mod",
                "module a/cmd/tool\n",
                "cmd/tool/main.go",
                MAIN);

        assertThat(Sample.words(found.build())).endsWith(" ./cmd/tool");
    }

    @Test
    void ofSeveralModulesFurtherDownNoneIsGuessed() {
        var found = of(
                "go.mod",
                "module a\n",
                "a.go",
                "package a\n",
                "x/go.mod",
                "module x\n",
                "x/main.go",
                MAIN,
                "y/go.mod",
                "module y\n",
                "y/main.go",
                MAIN);

        assertThat(found.service()).isEqualTo(Service.LIBRARY);
    }

    @Test
    void aWorkspaceThatNamesOnlyItselfEnds() {
        var found = of("go.work", "use .\nuse ./\n", "go.mod", "module a\nrequire a v1.0.0\n", "main.go", MAIN);

        assertThat(Sample.words(found.build())).endsWith(" .");
    }

    @Test
    void vendoredModulesNeedNoNetwork() {
        var found = of(
                "go.mod",
                "module x\n\nrequire example.com/y v1.0.0\n",
                "vendor/modules.txt",
                "# example.com/y v1.0.0\n",
                "main.go",
                MAIN);

        assertThat(found.install()).isEmpty();
        assertThat(found.environment())
                .containsEntry("GOPROXY", "off")
                .containsEntry("GOFLAGS", "-buildvcs=false -mod=vendor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "github.com/gin-gonic/gin",
                "github.com/labstack/echo/v4",
                "github.com/gofiber/fiber/v2",
                "github.com/go-chi/chi/v5"
            })
    void aProgramOfAFrameworkIsAServer(String framework) {
        var found = of("go.mod", "module x\n", "main.go", MAIN + "\nimport \"" + framework + "\"\n");

        assertThat(found.service()).isEqualTo(Service.WEB);
    }

    @Test
    void aProgramThatOnlyRunsOthersIsNoServer() {
        var found = of("go.mod", "module x\n", "main.go", MAIN + "func f() { exec.Command(\"ls\").Run() }\n");

        assertThat(found.service()).isEqualTo(Service.JOB);
        assertThat(Sample.warnings(found)).containsExactly("detect.job");
    }

    @Test
    void ofSeveralProgramsTheOneThatListensIsStarted() {
        var found = of(
                "go.mod",
                "module example.com/x\n",
                "cmd/ahead/main.go",
                MAIN,
                "cmd/service/main.go",
                "package main\nfunc main() { http.ListenAndServe(\":1\", nil) }\n",
                "tools/gen/main.go",
                MAIN);

        assertThat(Sample.words(found.build())).endsWith(" ./cmd/service");
        assertThat(found.warnings().getFirst().message())
                .isEqualTo("there are several programs: ./cmd/service, ./cmd/ahead; ./cmd/service is started");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//go:build tools",
                "//go:build mage",
                "// +build windows",
                "//go:build !linux && ignore",
                "//go:build (windows || darwin) && amd64",
                "// +build appengine appenginevm",
                "// +build linux\n// +build !cgo,tools"
            })
    void aFileThatNoPlainBuildTakesIsNoProgram(String constraint) {
        var found = of(
                "go.mod",
                "module example.com/x\n",
                "x.go",
                "package x\n",
                "make.go",
                constraint + "\n\n" + MAIN,
                "cmd/x/main.go",
                "//go:build linux\n\n" + MAIN);

        assertThat(Sample.words(found.build())).endsWith(" ./cmd/x");
        assertThat(Sample.warnings(found)).doesNotContain("detect.several-programs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//go:build !windows && (linux || tools)",
                "// +build !appengine",
                "// +build windows linux,!tools",
                "//go:build go1.20"
            })
    void aFileThatAPlainBuildTakesIsAProgram(String constraint) {
        var found = of("go.mod", "module example.com/x\n", "cmd/x/main.go", constraint + "\n\n" + MAIN);

        assertThat(Sample.words(found.build())).endsWith(" ./cmd/x");
    }

    @Test
    void cgoIsToldWithTheLibrariesThatItNeedsAndWhatIsMissing() {
        var found = of(
                "go.mod",
                "module x\n",
                "main.go",
                "package main\n\n// #cgo pkg-config: libvips\n// #include <vips/vips.h>\nimport \"C\"\nfunc main() {}\n");

        assertThat(found.environment()).containsEntry("CGO_ENABLED", "1");
        assertThat(found.evidence())
                .extracting(Detection.Evidence::why)
                .contains("uses the C libraries libvips (pkg-config)");
        assertThat(Sample.warnings(found)).contains("detect.no-compiler", "detect.no-pkg-config");
    }

    @Test
    void pagesThatAreEmbeddedAndNotCommittedAreNamed() {
        var found = of(
                "go.mod",
                "module x\n",
                "web/embed.go",
                "package web\n\n//go:embed all:dist templates/*.html logo.svg\nvar files embed.FS\n",
                "web/logo.svg",
                "<svg/>",
                "main.go",
                MAIN);

        assertThat(found.warnings())
                .filteredOn(warning -> warning.code().equals("detect.embed-missing"))
                .extracting(warning -> warning.message())
                .containsExactly("web/embed.go embeds dist, which is not in the repository");
    }

    @Test
    void aFunctionGetsAProgramAroundIt() {
        var found = of(
                "go.mod",
                "module example.com/hello\n\nrequire github.com/GoogleCloudPlatform/functions-framework-go v1.9.2\n",
                "hello.go",
                "package hello\nfunc init() {\n\tfunctions.HTTP(\"Hello\", hello)\n\tfunctions.CloudEvent(\"Other\", o)\n}\n");

        assertThat(found.service()).isEqualTo(Service.FUNCTION);
        assertThat(found.environment()).containsEntry("FUNCTION_TARGET", "Hello");
        assertThat(found.build().getFirst().getLast()).contains("_ \"example.com/hello\"");
        assertThat(found.build().getLast()).containsSequence("-o", "bin/app", "./johwafunction");
        assertThat(Sample.warnings(found)).contains("detect.several-functions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "module", "module x\r\n\r\ngo 1.24\r\n", "\uFEFFmodule x\n", "require (", "go 999999999.1\n"
            })
    void aBrokenManifestIsNoException(String text) {
        assertThat(of("go.mod", text, "main.go", MAIN.replace("\n", "\r\n")).provider())
                .isEqualTo("go");
    }

    @Test
    void whatAProcfileCallsByItsNameIsBuiltUnderIt() {
        var main = "package main\nfunc main() { http.ListenAndServe(\":\"+os.Getenv(\"PORT\"), nil) }";
        var found = new Sample(
                        place,
                        "go.mod",
                        "module example.com/shop.app/v2\n",
                        "main.go",
                        main,
                        "cmd/mail/main.go",
                        "package main\nfunc main() { for { } }",
                        "cmd/other/main.go",
                        "package main\nfunc main() {}",
                        "Procfile",
                        "web: shop.app --serve\nworker: bin/mail\n")
                .with("go", "1.26.0")
                .detect();

        assertThat(found.build())
                .containsExactly(
                        List.of("go", "build", "-o", "bin/shop.app", "."),
                        List.of("go", "build", "-o", "bin/mail", "./cmd/mail"));
        assertThat(found.environment().get("PATH")).startsWith("bin:");
        assertThat(found.start().get("web")).contains("shop.app --serve");
    }

    @Test
    void aProgramFromBeforeModulesGetsAModule() {
        var found = new Sample(
                        place,
                        "main.go",
                        "package main\n\nimport (\n\t\"net/http\"\n\tother \"github.com/them/Lib/config\"\n"
                                + "\tcfg \"github.com/us/Shop/config\"\n)\n\nfunc main() { http.ListenAndServe(\":80\", nil) }",
                        "config/config.go",
                        "package config",
                        "vendor/github.com/them/Lib/config/config.go",
                        "package config")
                .with("go", "1.26.0")
                .detect();

        assertThat(found.install())
                .containsExactly(List.of("go", "mod", "init", "github.com/us/Shop"), List.of("go", "mod", "tidy"));
        assertThat(found.build()).containsExactly(List.of("go", "build", "-o", "bin/app", "."));
        assertThat(found.environment()).containsEntry("GOFLAGS", "-buildvcs=false -mod=mod");
        assertThat(Sample.warnings(found)).contains("detect.no-lock");
    }
}
