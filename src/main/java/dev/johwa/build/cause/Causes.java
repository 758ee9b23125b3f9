package dev.johwa.build.cause;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The table of causes, asked in one order: what is missing on the machine first, since what fails for want of it says
/// much more after; then words that only one builder has, then packages, then the application, then what is general.
public final class Causes {
    /// For those who see it without words: what says it may have found no place either.
    public static final Cause DISK_FULL = new Cause(
            "disk.full",
            "The disk of the server is full",
            "free some space there (`johwa doctor` shows it), then push again");

    private static final List<Rule> WAITING = List.of(new Rule(
            "test.watches",
            "atching for file changes|aiting for file changes|watching for changes|Watch Usage",
            "it waits for files to change, and nobody changes them here",
            "let the script end by itself (no --watch), or name the one that does: `test:` in johwa.yaml"));

    private static final List<Rule> RULES = Stream.of(
                    MachineRules.all(),
                    BuildRules.all(),
                    PackageRules.all(),
                    VersionRules.all(),
                    ApplicationRules.all())
            .flatMap(List::stream)
            .toList();

    private static final String MEND_TESTS =
            "skip those tests where there is none, use one in memory, or name one that is"
                    + " reached: environments: {test: {env: {DATABASE_URL: …}}} in johwa.yaml";

    /// Containers that tests start themselves, which nothing here could take the place of.
    private static final List<Rule> CONTAINERS = List.of(new Rule(
            "service.docker",
            "Could not find a valid Docker environment|attempts to find a Docker environment failed"
                    + "|Cannot connect to the Docker daemon|docker.sock.{0,40}(?:ENOENT|No such file|ECONNREFUSED)"
                    + "|DockerException: Error while fetching server API version",
            "the tests start containers of Docker, and no Docker is here",
            "have those tests skipped where there is none: @Testcontainers(disabledWithoutDocker = true); or name the"
                    + " command that leaves them out: `test: mvn test` (without integration tests) in johwa.yaml"));

    /// What was written for an older version of a package, which nothing holds it to.
    private static final List<Rule> MOVED = List.of(
            new Rule(
                    "module.moved",
                    "AttributeError: module '([\\w.]+)' has no attribute '(\\w+)'"
                            + "|ImportError: cannot import name '\\w+' from '([\\w.]+)' \\(/app/\\.venv",
                    "the module {1} lacks what is asked of it: a package is another version than the one that this was written for,"
                            + " where it is none of the project's own",
                    "name the version that it was written for, in the requirements: {1}==VERSION; mend it where it is your own"));

    /// What a checkout lacks that its author has.
    private static final List<Rule> EMPTY = List.of(new Rule(
            "folder.empty",
            "ENOENT: no such file or directory, scandir '/app/([^']++)'",
            "it reads the folder {1}, which is not in the repository: git keeps no empty folder",
            "where it is to be empty, keep a file in it: mkdir -p {1} && touch {1}/.gitkeep && git add {1}"));

    /// What tests find at their author's beside the code.
    private static final List<Rule> BESIDE_TESTS = List.of(
            new Rule(
                    "tests.fixture",
                    "^(?:E\\s+)?fixture '(\\w+)' not found",
                    "the tests ask pytest for the fixture {1}, and nothing in this commit makes it",
                    "commit the conftest.py that has it (archives of a registry often lack that file), or name the plugin"
                            + " of pytest that does among the requirements"),
            new Rule(
                    "tests.committer",
                    "Committer identity unknown|Author identity unknown|Please tell me who you are",
                    "the tests commit with git, and nobody has told git here who commits",
                    "tell it in johwa.yaml: environments: {test: {env: {GIT_AUTHOR_NAME: test, GIT_AUTHOR_EMAIL: test@example.com,"
                            + " GIT_COMMITTER_NAME: test, GIT_COMMITTER_EMAIL: test@example.com}}}"));

    private Causes() {}

    /// Why it failed; empty when its words do not say it.
    public static Optional<Cause> of(Said said) {
        return MissingLibrary.in(said)
                .or(() -> first(RULES, said))
                .or(() -> MissingValue.in(said))
                .or(() -> first(EMPTY, said))
                .or(() -> first(MOVED, said));
    }

    /// Why a command was waited for in vain; empty when its words do not say it.
    public static Optional<Cause> ofWaiting(Said said) {
        return first(WAITING, said);
    }

    /// Whether tests failed by no fault of their own: a service is not there, or a package is another than it was.
    public static Optional<Cause> ofTests(Said said) {
        return first(CONTAINERS, said)
                .or(() -> first(ApplicationRules.services(), said)
                        .map(cause -> new Cause(cause.code(), cause.what() + "; tests have none here", MEND_TESTS)))
                .or(() -> first(BESIDE_TESTS, said))
                .or(() -> first(EMPTY, said))
                .or(() -> first(MOVED, said));
    }

    /// Why an application answers with an error to the host under which it is asked.
    ///
    /// @param body of its answer
    public static Optional<Cause> ofAnswer(String body) {
        return first(ApplicationRules.hosts(), new Said(body.lines().toList(), "", Said.Place.APPLICATION));
    }

    private static Optional<Cause> first(List<Rule> rules, Said said) {
        return rules.stream().flatMap(rule -> rule.in(said).stream()).findFirst();
    }
}
