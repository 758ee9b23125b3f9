package dev.johwa.source.detect.rust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RustCargoTest {
    private static final String PACKAGE = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n";
    private static final String MAIN = "fn main() {}\n";

    @TempDir
    Path place;

    private Sample sample(String... files) {
        return new Sample(place, files).with("cargo", "1.85.0").with("cargo", "1.95.0");
    }

    private Detection of(String... files) {
        return sample(files).detect();
    }

    @Test
    void aServerIsTestedBuiltForReleaseAndCopiedOutOfTheTargetFolder() {
        var found = of(
                "Cargo.toml",
                PACKAGE + "[dependencies]\naxum = \"0.8\"\n",
                "Cargo.lock",
                "",
                "src/main.rs",
                "async fn main() {}\n// \"/healthz\"\n#[tokio::test]\nasync fn it() {}\n");

        assertThat(found.provider()).isEqualTo("rust");
        assertThat(found.version()).contains("1.95.0");
        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.test())
                .containsExactly(new Detection.Test(
                        List.of("cargo", "test", "--no-fail-fast", "--locked"), "cargo", java.util.Optional.empty()));
        assertThat(found.build())
                .containsExactly(
                        List.of("cargo", "build", "--release", "--bin", "shop", "--locked"),
                        List.of("install", "-D", "target/release/shop", "bin/app"));
        assertThat(found.start()).containsExactly(Map.entry("web", List.of("./bin/app")));
        assertThat(found.kept()).containsExactly("target");
        assertThat(found.leftovers()).containsExactly("target");
        assertThat(found.health()).contains("/healthz");
        assertThat(found.warnings()).extracting(each -> each.code()).containsExactly("detect.no-compiler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"actix-web", "warp", "poem", "rocket"})
    void aFrameworkMakesAServer(String framework) {
        var found =
                of("Cargo.toml", PACKAGE + "[dependencies." + framework + "]\nversion = \"1\"\n", "src/main.rs", MAIN);

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(String.join(" ", found.start().get("web")).contains("ROCKET_PORT"))
                .isEqualTo(framework.equals("rocket"));
        assertThat(Sample.warnings(found)).contains("detect.no-lock");
    }

    @Test
    void aProgramOfLocoIsToldToServe() {
        var files = new String[] {
            "Cargo.toml", PACKAGE + "[dependencies]\naxum = \"0.8\"\nloco-rs = \"1.2\"\n", "src/main.rs", MAIN
        };

        assertThat(String.join(" ", of(files).start().get("web")))
                .contains("exec ./bin/app start")
                .doesNotContain("LOCO_ENV");
        assertThat(of(files).service()).isEqualTo(Service.WEB);
    }

    @Test
    void theServerOfAWorkspaceIsFoundThroughThePackageThatItUses() {
        var found = of(
                "Cargo.toml",
                "[workspace]\nmembers = [\n  \"crates/*\", # all\n]\nexclude = [\"crates/old\"]\n",
                "crates/admin/Cargo.toml",
                PACKAGE.replace("shop", "admin"),
                "crates/admin/src/main.rs",
                MAIN,
                "crates/old/Cargo.toml",
                PACKAGE.replace("shop", "old"),
                "crates/old/src/main.rs",
                MAIN,
                "crates/web/Cargo.toml",
                PACKAGE.replace("shop", "zeta") + "[dependencies]\nroutes = { path = \"../routes\" }\n",
                "crates/web/src/main.rs",
                MAIN,
                "crates/routes/Cargo.toml",
                PACKAGE.replace("shop", "routes")
                        + "[dependencies]\naxum.workspace = true\nzeta = { path = \"../web\" }\n",
                "crates/routes/src/lib.rs",
                "#[test]\nfn it() {}\n");

        assertThat(Sample.words(found.build())).isEqualTo("cargo build --release -p zeta --bin zeta");
        assertThat(found.test().getFirst().command()).contains("--workspace");
        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.warnings())
                .filteredOn(each -> each.code().equals("detect.several-programs"))
                .extracting(each -> each.message())
                .containsExactly("there are several programs: zeta, admin; zeta is started");
    }

    @Test
    void ofSeveralProgramsCargosOwnChoiceIsStarted() {
        var found = of(
                "Cargo.toml",
                PACKAGE.strip()
                        + "\ndefault-run = \"second\"\n\n[[bin]]\nname = \"first\"\npath = \"src/first.rs\"\n\n"
                        + "[[ bin ]]\nname = 'second'\npath = \"src/other.rs\"\nrequired-features = [\"cli\"]\n",
                "src/bin/third.rs",
                MAIN,
                "src/bin/fourth/main.rs",
                MAIN);

        assertThat(Sample.words(found.build())).isEqualTo("cargo build --release --bin second --features cli");
        assertThat(found.warnings())
                .extracting(each -> each.message())
                .anyMatch(each -> each.contains("second, first, third, fourth"));
    }

    @Test
    void aMemberOfAWorkspaceIsLockedAboveIt() {
        var sample = sample(
                "Cargo.toml",
                "[workspace]\nmembers = [\"crates/*\"]\n",
                "Cargo.lock",
                "",
                "crates/web/Cargo.toml",
                PACKAGE + "[dependencies]\naxum = \"0.8\"\n",
                "crates/web/src/main.rs",
                MAIN);

        var found = sample.detect(Path.of("crates/web"));

        assertThat(found.build().getFirst()).contains("--locked");
        assertThat(Sample.warnings(found)).doesNotContain("detect.no-lock");
    }

    @Test
    void aPackageWithoutAProgramIsALibrary() {
        assertThat(of("Cargo.toml", PACKAGE, "src/lib.rs", "").service()).isEqualTo(Service.LIBRARY);
    }

    @Test
    void whatCargoNewMakesRunsToItsEnd() {
        var found = of("Cargo.toml", PACKAGE, "src/main.rs", "fn main() {\n    println!(\"Hello, world!\");\n}\n");

        assertThat(found.service()).isEqualTo(Service.JOB);
        assertThat(found.test()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rust-toolchain,           1.85,                                1.85.0",
        "rust-toolchain.toml,      [toolchain]\\nchannel = \"1.85.0\",  1.85.0",
        "rust-toolchain.toml,      [toolchain]\\nchannel = \"nightly\", 1.95.0",
        "other,                    stable,                              1.95.0"
    })
    void theToolchainFileDecides(String file, String text, String version) {
        var found = of("Cargo.toml", PACKAGE, "src/main.rs", MAIN, file, text.replace("\\n", "\n"));

        assertThat(found.version()).contains(version);
        assertThat(Sample.warnings(found).contains("detect.version")).isEqualTo(text.contains("nightly"));
    }

    @Test
    void aMachineWithoutRustIsToldHowToGetIt() {
        var found = new Sample(place, "Cargo.toml", PACKAGE, "src/main.rs", MAIN).detect();

        assertThat(found.warnings().getFirst().text())
                .contains("there is no Rust on this machine")
                .contains("apt-get");
    }

    @Test
    void aProgramForAnotherMachineLiesInItsFolder() {
        var found = of(
                "Cargo.toml",
                PACKAGE,
                "src/main.rs",
                MAIN,
                ".cargo/config.toml",
                "[build]\ntarget = \"x86_64-unknown-linux-musl\"\ntarget-dir = \"elsewhere\"\n");

        assertThat(found.build().getLast()).contains("target/x86_64-unknown-linux-musl/release/shop");
        assertThat(found.environment()).containsEntry("CARGO_TARGET_DIR", "target");
    }

    @Test
    void anExtensionOfPythonIsPythons() {
        var found = sample("Cargo.toml", PACKAGE, "pyproject.toml", "[build-system]\nrequires = [\"maturin>=1\"]\n")
                .detect();

        assertThat(found.language()).isEqualTo("Python");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[package",
                "[workspace]\nmembers = [\"crates/*\"",
                "\uFEFF[package]\r\nname = \"a\"\r\n",
                "[[bin]]"
            })
    void aBrokenManifestIsNoException(String text) {
        var found = of("Cargo.toml", text);

        assertThat(found.provider()).isEqualTo("rust");
        assertThat(Sample.warnings(found).contains("detect.manifest")).isEqualTo(!text.contains("name"));
    }
}
