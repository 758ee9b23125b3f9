package dev.johwa.door.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.Examination;
import dev.johwa.door.api.Examination.Finding;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
    private static final String NOBODY = "http://127.0.0.1:1";

    private static final Verb DOCTOR = Cli.doctor((data, progress) -> new Examination(
            List.of(),
            List.of(new Finding(
                    Finding.BROKEN, "secrets", "the secret A of shop", "it is sealed", "no release starts", "set it")),
            1));

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Map<String, String> environment;
    private String input = "";

    @BeforeEach
    void takeThePathOnly() {
        environment = new HashMap<>(Map.of("PATH", System.getenv("PATH")));
    }

    private int johwa(String... words) {
        out.reset();
        err.reset();
        return new Cli(surroundings(), List.of(DOCTOR)).run(List.of(words));
    }

    private Surroundings surroundings() {
        return new Surroundings(
                environment,
                home,
                home,
                home,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void helpListsEveryVerbInItsGroupWithoutColour() {
        assertThat(johwa("--help")).isZero();
        var cli = new Cli(surroundings(), List.of());
        assertThat(cli.verbs())
                .isNotEmpty()
                .allSatisfy(verb -> assertThat(out())
                        .contains("  " + verb.name() + " ")
                        .contains(verb.summary())
                        .contains(verb.group().title()));
        assertThat(out()).doesNotContain("\u001b");
    }

    @Test
    void everyVerbHasHelpWithARealExample() {
        for (var verb : new Cli(surroundings(), List.of()).verbs()) {
            helpHasAnExample(verb, verb.name());
            verb.inner().forEach(inner -> helpHasAnExample(inner, verb.name(), inner.name()));
        }
    }

    private void helpHasAnExample(Verb verb, String... path) {
        var words = new ArrayList<>(List.of(path));
        words.add("--help");
        assertThat(johwa(words.toArray(String[]::new))).as(verb.name()).isZero();
        assertThat(out())
                .as(verb.name())
                .contains("Usage: johwa " + String.join(" ", path))
                .contains("Example:");
        assertThat(out().lines().skip(1).filter(line -> line.contains("  johwa ") || line.contains("$(johwa ")))
                .as(verb.name())
                .anyMatch(line -> line.contains("johwa " + path[0]));
    }

    @Test
    void helpAsAVerbMeansTheOption() {
        assertThat(johwa("help", "rollback")).isZero();
        assertThat(out()).contains("Usage: johwa rollback");
    }

    @Test
    void anUnknownCommandIsWrongUsageWithANearMiss() {
        assertThat(johwa("stauts")).isEqualTo(2);
        assertThat(err()).contains("no command 'stauts'").contains("did you mean 'johwa status'?");
        assertThat(out()).isEmpty();
    }

    @Test
    void anUnknownOptionIsWrongUsageWithANearMiss() {
        assertThat(johwa("status", "--jsn")).isEqualTo(2);
        assertThat(err()).contains("--jsn").contains("did you mean '--json'?");
    }

    @Test
    void aMissingArgumentIsWrongUsage() {
        assertThat(johwa("deploy", "shop")).isEqualTo(2);
        assertThat(err()).contains("REF|DIGEST").contains("johwa deploy --help");
    }

    @Test
    void noServerKnownSaysHowToGetOne() {
        assertThat(johwa("status")).isEqualTo(2);
        assertThat(err()).contains("johwa up").contains("johwa login");
    }

    @Test
    void aServerThatDoesNotAnswerIsExitCode3() {
        assertThat(johwa("status", "--server", NOBODY)).isEqualTo(3);
        assertThat(err()).contains(NOBODY);
        assertThat(johwa("--server", NOBODY, "status")).isEqualTo(3);
    }

    @Test
    void withJsonAProblemIsOneDocumentOnStandardOutput() {
        assertThat(johwa("status", "--server", NOBODY, "--json")).isEqualTo(3);
        var problem = Json.tree(out()).get("problems").get(0);
        assertThat(problem.get("kind").asString()).isEqualTo("external");
        assertThat(problem.get("severity").asString()).isEqualTo("error");
        assertThat(problem.get("code").asString()).isEqualTo("server.unreachable");
        assertThat(problem.get("hint").asString()).isNotEmpty();
    }

    @Test
    void whatOthersWroteColoursTheTerminalAndDoesNothingElse() {
        var screen = new Screen(surroundings());
        screen.line("\u001B]0;owned\u0007\u001B[2J\u009B2Jred: \u001B[31mhello\r\bx\nnext\tline");
        screen.table(List.of("BRANCH"), List.of(List.of("a\u001B[8;1H\nb")));
        screen.problem(Problem.user("x", "no \u001B[5;1Hsuch \u0007app").hint("\u001B[31mask"));

        assertThat(out()).isEqualTo("\uFFFD2Jred: \u001B[31mhello\uFFFDx\nnext\tline\u001B[0m\nBRANCH\na b\n");
        assertThat(err()).isEqualTo("error: no such \uFFFDapp\n  → \u001B[31mask\u001B[0m\n");
    }

    @Test
    void aBugIsExitCode70AndItsTraceIsWrittenToAFile() throws Exception {
        var broken = new Verb(Group.START, "broken", "Breaks", session -> new Broken());
        out.reset();
        assertThat(new Cli(surroundings(), List.of(broken)).run(List.of("broken")))
                .isEqualTo(70);
        var file = Path.of(err().replaceFirst("(?s).*written to (\\S+);.*", "$1"));
        assertThat(Files.readString(file)).contains("CliTest$Broken.call");
        Files.delete(file);
    }

    @picocli.CommandLine.Command
    static final class Broken implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void theServerComesFromTheOptionThenTheEnvironmentThenTheRemoteThenTheLogin() throws Exception {
        new Logins(surroundings()).keep(new Logins.Login("http://login:1", "from-login"));
        assertThat(choice()).isEqualTo(new ServerChoice("http://login:1", Optional.of("from-login")));
        remote("http://johwa:from-remote@remote:2/git/shop.git");
        assertThat(choice()).isEqualTo(new ServerChoice("http://remote:2/git", Optional.of("from-remote")));
        environment.put("JOHWA_URL", "http://environment:3/");
        assertThat(choice()).isEqualTo(new ServerChoice("http://environment:3", Optional.empty()));
        environment.put("JOHWA_TOKEN", "from-environment");
        assertThat(choice("--server", "http://option:4", "--token", "from-option"))
                .isEqualTo(new ServerChoice("http://option:4", Optional.of("from-option")));
    }

    private ServerChoice choice(String... words) {
        var options = new RootCommand();
        new picocli.CommandLine(options).parseArgs(words);
        return ServerChoice.of(new Session(surroundings(), options));
    }

    private void remote(String url) throws Exception {
        Files.createDirectories(home.resolve(".git"));
        Files.writeString(
                home.resolve(".git/config"),
                "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = http://other/x.git\n"
                        + "[remote \"johwa\"]\n\turl = " + url + "\n\tfetch = +refs/heads/*\n");
    }

    @Test
    void aLoginIsReadableByItsPersonOnlyAndTheNewestIsMeant() throws Exception {
        var logins = new Logins(surroundings());
        logins.keep(new Logins.Login("http://one:1", "a"));
        var file = logins.keep(new Logins.Login("http://two:2", "b"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(logins.newest().orElseThrow().url()).isEqualTo("http://two:2");
        assertThat(logins.token("http://one:1")).hasValue("a");
        assertThat(johwa("login", "--forget", "http://one:1")).isZero();
        assertThat(logins.token("http://one:1")).isEmpty();
        assertThat(johwa("login", "--forget", "http://one:1")).isEqualTo(1);
    }

    @Test
    void initMakesARepositoryWithARemoteAndExplainsTheFirstPush() throws Exception {
        var folder = Files.createDirectories(home.resolve("My Shop"));
        assertThat(johwa("init", "-C", folder.toString(), "--server", "http://127.0.0.1:8080", "--token", "jhw_x"))
                .isZero();
        assertThat(out()).contains("git push johwa HEAD:main");
        var remote = GitRemote.find(folder).orElseThrow();
        assertThat(remote.project()).isEqualTo("my-shop");
        assertThat(remote.server()).isEqualTo("http://127.0.0.1:8080");
        assertThat(remote.token()).as("no address carries it").isEmpty();
        assertThat(Files.readString(folder.resolve(".git/config")))
                .contains("johwa login git")
                .doesNotContain("jhw_x");
        input = "protocol=http\nhost=127.0.0.1:8080\n\n";
        assertThat(johwa("login", "git", "get")).isZero();
        assertThat(out()).isEqualTo("username=johwa\npassword=jhw_x\n");
        input = "protocol=http\nhost=127.0.0.1:8081\n\n";
        assertThat(johwa("login", "git", "get")).isZero();
        assertThat(out()).isEmpty();
        assertThat(johwa("init", "-C", folder.toString(), "--server", "http://127.0.0.1:9090", "--json"))
                .isZero();
        assertThat(Json.tree(out()).get("created").asBoolean()).isFalse();
        assertThat(GitRemote.find(folder.resolve("deeper")).orElseThrow().server())
                .isEqualTo("http://127.0.0.1:9090");
    }

    @Test
    void aFolderThatIsNotThereIsWrongUsage() {
        assertThat(johwa("-C", "nowhere", "check")).isEqualTo(2);
        assertThat(err()).contains("-C names 'nowhere'");
        assertThat(johwa("detect", "nowhere")).isEqualTo(1);
    }

    @Test
    void theDoctorTellsWhatIsBrokenOfWhatIsKeptAndWhatToDo() {
        assertThat(johwa("doctor", "--deep", "--data", "here")).isOne();
        assertThat(out())
                .contains("broken   the secret A of shop: it is sealed", "no release starts", "→ set it")
                .contains("not well: 1 thing broken, 0 warnings.");
        assertThat(johwa("doctor", "--deep", "--data", "here", "--json")).isOne();
        assertThat(Json.tree(out()).at("/findings/0/harm").asString()).isEqualTo("broken");
        assertThat(johwa("doctor", "--data", "here")).isEqualTo(2);
        assertThat(err()).contains("--data goes with --deep");
    }

    @Test
    void theDoctorTellsEachThingWithItsState() {
        assertThat(johwa("doctor", "--json")).isZero();
        var checks = Json.tree(out()).get("checks");
        assertThat(checks.findValuesAsString("name"))
                .contains(
                        "jdk",
                        "git",
                        "sandbox",
                        "limits",
                        "docker",
                        "python",
                        "node",
                        "go",
                        "disk",
                        "clock",
                        "files",
                        "names",
                        "api port",
                        "edge port");
        for (var check : checks) {
            assertThat(check.get("state").asString()).isIn("ok", "warning", "missing");
            assertThat(check.get("detail").asString()).isNotEmpty();
            assertThat(check.has("fix"))
                    .isEqualTo(!check.get("state").asString().equals("ok"));
        }
    }
}
