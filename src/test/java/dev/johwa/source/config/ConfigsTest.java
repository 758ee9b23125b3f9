package dev.johwa.source.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Configs.Wanted;
import dev.johwa.source.config.Origin.Layer;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.stack.Draft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigsTest {
    private static final Detection DETECTION = detection();

    private static Detection detection() {
        var draft = new Draft("node-npm", "Node.js");
        draft.packageManager = Optional.of("npm");
        draft.version = Optional.of("20");
        draft.install.add(List.of("npm", "ci"));
        draft.build.add(List.of("npm", "run", "build"));
        draft.test.add(new Detection.Test(List.of("npm", "test"), "other", Optional.empty()));
        draft.start.put("web", List.of("npm", "start"));
        draft.environment.clear();
        return draft.done();
    }

    private static Configs.Resolved resolve(String server, String yaml, String environment, Map<String, String> set) {
        var configs = new Configs(ServerSpec.parse("server.yaml", server));
        return configs.resolve(
                new Wanted("shop", "shop", environment, "main"), Configs.parse("johwa.yaml", yaml), DETECTION, set);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: [postgress] | did you mean 'postgres'?",
                "data: {redis: {}} | did you mean 'redis'?",
                "data: [uploads] | did you mean the folder 'uploads/'?"
            })
    void whatIsMeantAsDataIsAskedFor(String yaml, String question) {
        assertThat(problems(yaml).getFirst().text()).contains(question, "a list of folders");
    }

    private static List<Problem> problems(String yaml) {
        return catchThrowableOfType(ProblemException.class, () -> Configs.parse("johwa.yaml", yaml))
                .problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "python-pip | .venv/bin/python 'manage.py' migrate --noinput && exec gunicorn | 300",
                "node-npm | export A=b && npm run migrate && exec node . | 300",
                "python-pip | cd 'site' && exec gunicorn | 30",
                "node-npm | exec node . | 30",
                "java-maven | exec java -jar target/shop.jar | 120"
            })
    void whatWorksBeforeItServesMayTakeLongerToStart(String provider, String line, int seconds) {
        var draft = new Draft(provider, "a language");
        draft.start.put("web", List.of("sh", "-c", line));
        var resolved = new Configs(ServerSpec.parse("server.yaml", ""))
                .resolve(
                        new Wanted("shop", "shop", "production", "main"),
                        Configs.parse("johwa.yaml", ""),
                        draft.done(),
                        Map.of());

        assertThat(resolved.settings().health().within()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void previewsArePrivateAlsoThoseOfAnEarlierVersion() {
        var stored = Json.write(resolve("", "", "preview", Map.of()).settings());
        var earlier = stored.replaceFirst(",?\"access\":\"private\"", "");
        assertThat(earlier).isNotEqualTo(stored);
        assertThat(Json.read(earlier, Settings.class).isPrivate()).isTrue();
        assertThat(resolve("", "", "production", Map.of()).settings().isPrivate())
                .isFalse();
        var open = "environments: {preview: {access: public}, staging: {branch: s, access: private}}";
        assertThat(resolve("", open, "preview", Map.of()).settings().isPrivate())
                .isFalse();
        assertThat(resolve("", open, "staging", Map.of()).settings().isPrivate())
                .isTrue();
        assertThat(problems("access: open").getFirst().text()).contains("public, private");
    }

    @Test
    void aCommandOfSeveralLinesIsShownByItsFirst() {
        assertThat(Written.command(List.of("python3", "-c", "# makes an environment\nimport venv\n", ".venv")))
                .isEqualTo("python3 -c # makes an environment … .venv");
        assertThat(Written.command(List.of("sh", "-c", "echo one"))).isEqualTo("echo one");
    }

    @Test
    void theConventionHoldsWhenNobodySaysOtherwise() {
        var settings = resolve("", "", "production", Map.of()).settings();

        assertThat(settings.build()).containsExactly(List.of("npm", "run", "build"));
        assertThat(settings.processes()).containsEntry("web", List.of("npm", "start"));
        assertThat(settings.instances()).isEqualTo(1);
        assertThat(settings.health().within()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.sleep()).isEmpty();
    }

    @Test
    void aPreviewSleepsByConvention() {
        assertThat(resolve("", "", "preview", Map.of()).settings().sleep()).contains(Duration.ofMinutes(30));
    }

    @Test
    void theStrongerLayerWinsAndEachValueKnowsWhereItCameFrom() {
        var resolved = resolve(
                "defaults: {instances: 2, env: {A: server, B: server, C: server}}",
                """
                env: {B: project, C: general}
                environments:
                  production: {env: {C: own}}
                """,
                "production",
                Map.of("A", "set", "B", "set"));

        assertThat(resolved.settings().values())
                .containsEntry("A", "set")
                .containsEntry("B", "project")
                .containsEntry("C", "own");
        assertThat(resolved.settings().instances()).isEqualTo(2);
        assertThat(resolved.origins().get("env.A").layer()).isEqualTo(Layer.ENVIRONMENT);
        assertThat(resolved.origins().get("env.B")).hasToString("Origin[layer=PROJECT, where=johwa.yaml:1:10]");
        assertThat(resolved.origins().get("instances")).hasToString("Origin[layer=SERVER, where=server.yaml:1:23]");
        assertThat(resolved.origins().get("service").layer()).isEqualTo(Layer.CONVENTION);
    }

    @Test
    void testsOfTheProjectComeAfterTheDefaultOnesAndNeverInsteadOfThem() {
        var settings = resolve("rules: {test: [audit]}", "test: [e2e]", "production", Map.of())
                .settings();

        assertThat(settings.test())
                .extracting(Detection.Test::command)
                .containsExactly(List.of("npm", "test"), List.of("sh", "-c", "audit"), List.of("sh", "-c", "e2e"));
    }

    @Test
    void aTextIsForAShellAndAListIsWords() {
        var settings = resolve(
                        "",
                        "start: node server.js $PORT\nverify: [smoke, [./check, '$APP_URL']]\nrelease: npm run migrate",
                        "production",
                        Map.of())
                .settings();

        assertThat(settings.processes().get("web")).containsExactly("sh", "-c", "node server.js $PORT");
        assertThat(settings.verify()).containsExactly(List.of("sh", "-c", "smoke"), List.of("./check", "$APP_URL"));
        assertThat(settings.release()).containsExactly(List.of("sh", "-c", "npm run migrate"));
        assertThat(resolve("", "start: [node, server.js]", "production", Map.of())
                        .settings()
                        .processes()
                        .get("web"))
                .containsExactly("node", "server.js");
    }

    @Test
    void everyErrorIsToldAtOnceWithItsPlaceAndTheNearKey() {
        var problems = problems(
                "instnaces: 2\nport: 99999\nhealth: {path: /, wihtin: 3s}\nlimits: {memory: much}\nenv: {1A: x, PORT: 3}\n");

        assertThat(problems)
                .extracting(Problem::text)
                .containsExactly(
                        "johwa.yaml:1:1: unknown key 'instnaces' — did you mean 'instances'?",
                        "johwa.yaml:2:7: 'port' is '99999' — write a port from 1 to 65535",
                        "johwa.yaml:3:19: unknown key 'wihtin' — did you mean 'within'?",
                        "johwa.yaml:4:18: 'limits.memory' is 'much' — write a size such as 512Mi or 1Gi",
                        "johwa.yaml:5:7: '1A' is no name of an environment value — use letters, digits and '_', no digit first",
                        "johwa.yaml:5:14: PORT is set by the platform — leave it out");
    }

    @Test
    void aRuleOfTheServerCannotBeLeft() {
        var thrown = catchThrowableOfType(
                ProblemException.class,
                () -> resolve(
                        "rules: {instances: 3, limits: {memory: 1Gi}}",
                        "instances: 5\nlimits: {memory: 2Gi}",
                        "production",
                        Map.of()));

        assertThat(thrown.problems()).extracting(Problem::code).containsExactly("config.rule", "config.rule");
        assertThat(thrown.problems().getFirst().text())
                .startsWith("johwa.yaml:1:12: 'instances' is 5; this server allows at most 3");
    }

    @Test
    void aRuleHoldsAlsoForWhoSaysNothing() {
        var settings = resolve(
                        "rules: {limits: {memory: 1Gi}, health: {within: 10s}, env: {REGION: eu}}",
                        "",
                        "production",
                        Map.of())
                .settings();

        assertThat(settings.limits().memoryBytes()).hasValue(1L << 30);
        assertThat(settings.health().within()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.values()).containsEntry("REGION", "eu");
    }

    @Test
    void aValueThatIsSetOnTheServerCannotLeaveARuleEither() {
        var thrown = catchThrowableOfType(
                ProblemException.class,
                () -> resolve("rules: {env: {REGION: eu}}", "", "production", Map.of("REGION", "us")));

        assertThat(thrown.problem().text())
                .isEqualTo("'env.REGION' is us; this server allows only eu — the rule stands in server.yaml:1:23");
    }

    @Test
    void everyErrorOfTheServerSpecIsToldAtOnceWithItsPlace() {
        var thrown = catchThrowableOfType(
                ProblemException.class,
                () -> ServerSpec.parse("server.yaml", "defualts: {}\ndefaults: [a]\nrules: {instnaces: 2, port: x}\n"));

        assertThat(thrown.problems())
                .extracting(Problem::text)
                .containsExactlyInAnyOrder(
                        "server.yaml:1:1: unknown key 'defualts' — did you mean 'defaults'?",
                        "server.yaml:2:11: 'defaults' is a list — write a map of the keys of johwa.yaml",
                        "server.yaml:3:9: unknown key 'instnaces' — did you mean 'instances'?",
                        "server.yaml:3:29: 'port' is 'x' — write a port from 1 to 65535");
    }

    @Test
    void aProjectCannotTakeTheDefaultTestsAway() {
        for (var yaml : List.of("test: []", "test: ['true']", "environments: {production: {test: []}}")) {
            var settings = resolve("", yaml, "production", Map.of()).settings();
            assertThat(settings.test().getFirst().command()).containsExactly("npm", "test");
        }
    }

    @Test
    void keysThatStandTwiceAreToldBesideTheOtherErrors() {
        assertThat(problems("port: 1\nport: 2\ninstances: many\n"))
                .extracting(Problem::text)
                .containsExactly(
                        "johwa.yaml:2:1: the key 'port' stands here twice — keep one of them",
                        "johwa.yaml:3:12: 'instances' is 'many' — write a number from 0 to 100");
    }

    @Test
    void whatThePlatformCannotDoIsNeverPassedOver() {
        var problems = resolve("", """
                        name: other
                        service: job
                        target: docker
                        data: [postgres, uploads/]
                        uses: [api]
                        """, "production", Map.of()).problems();

        assertThat(problems)
                .extracting(problem -> problem.severity() + " " + problem.where() + " " + problem.code())
                .containsExactlyInAnyOrder(
                        "WARNING johwa.yaml:1:7 config.other-name",
                        "ERROR johwa.yaml:2:10 config.not-yet",
                        "ERROR johwa.yaml:3:9 config.not-yet");
    }

    @Test
    void aWorkerStartsWhatWasFoundToBeWeb() {
        assertThat(resolve("", "service: worker", "production", Map.of())
                        .settings()
                        .processes())
                .hasToString("{worker=[npm, start]}");
    }

    @Test
    void aPatternOfBranchesComesAfterTheBranchesByName() {
        var configs = new Configs(ServerSpec.none());
        var file = Configs.parse(
                "johwa.yaml",
                "environments: {preview: {branch: '*'}, next: {branch: release/*}, old: {branch: release/1}}");

        assertThat(configs.environmentOf(file, "main", Optional.of("main"))).isEqualTo("production");
        assertThat(configs.environmentOf(file, "release/1", Optional.of("main")))
                .isEqualTo("old");
        assertThat(configs.environmentOf(file, "topic", Optional.of("main"))).isEqualTo("preview");
        var next = Configs.parse("johwa.yaml", "environments: {next: {branch: release/*}}");
        assertThat(configs.environmentOf(next, "release/2", Optional.of("main")))
                .isEqualTo("next");
    }

    @Test
    void aKeyThatDoesNothingWhereItStandsIsTold() {
        assertThat(
                        problems(
                                "branch: x\napps: {api: {name: y, environments: {a: {branch: z}}}}\nenvironments: {a: {folder: b}}"))
                .extracting(Problem::text)
                .containsExactlyInAnyOrder(
                        "johwa.yaml:1:1: 'branch' does nothing here — write it below environments.NAME of the project",
                        "johwa.yaml:2:14: 'name' does nothing here — write it at the top of johwa.yaml",
                        "johwa.yaml:2:42: 'branch' does nothing here — write it below environments.NAME of the project",
                        "johwa.yaml:3:20: 'folder' does nothing here — write it at the top of johwa.yaml, or below apps.NAME");
    }

    @Test
    void aBranchGoesToOneEnvironmentOnly() {
        assertThat(problems("environments: {a: {branch: develop}, b: {branch: develop}}"))
                .extracting(Problem::text)
                .containsExactly("johwa.yaml:1:50: branch 'develop' goes to a already — leave one of them out");
    }

    @Test
    void branchesGoToTheirEnvironments() {
        var configs = new Configs(ServerSpec.none());
        var file = Configs.parse(
                "johwa.yaml", "environments:\n  staging: {branch: develop}\n  production: {branch: release}\n");

        assertThat(configs.environmentOf(file, "release", Optional.of("main"))).isEqualTo("production");
        assertThat(configs.environmentOf(file, "develop", Optional.of("main"))).isEqualTo("staging");
        assertThat(configs.environmentOf(file, "main", Optional.of("main"))).isEqualTo("preview");
        assertThat(configs.environmentOf(ProjectFile.none(), "main", Optional.of("main")))
                .isEqualTo("production");
        assertThat(configs.environmentOf(ProjectFile.none(), "other", Optional.of("main")))
                .isEqualTo("preview");
        assertThat(configs.environmentOf(ProjectFile.none(), "first", Optional.empty()))
                .isEqualTo("production");
    }

    @Test
    void severalAppsEachHaveTheirFolderAndKeys() {
        var file = Configs.parse(
                "johwa.yaml",
                "env: {A: all}\napps:\n  api: {folder: services/api, env: {B: api}}\n  web: {folder: services/web}\n");
        var configs = new Configs(ServerSpec.none());

        assertThat(configs.apps(file, "shop")).hasToString("{api=services/api, web=services/web}");
        var api = configs.resolve(new Wanted("shop", "api", "production", "main"), file, DETECTION, Map.of())
                .settings();
        assertThat(api.values()).containsEntry("A", "all").containsEntry("B", "api");
        assertThat(api.folder()).isEqualTo("services/api");
    }

    @Test
    void whateverTheBytesTheAnswerIsSettingsOrProblems() {
        var random = new Random(20261124);
        var pieces = List.of(
                "env:",
                " {",
                "}",
                "[",
                "]",
                "\n",
                "  ",
                "- ",
                "a: b",
                "&x",
                "*x",
                "'",
                "\"",
                "|",
                ">",
                "#",
                "\t",
                "\u0000",
                "ü",
                "? ",
                "!!str",
                "%",
                "instances",
                "---");
        for (int i = 0; i < 3_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            try {
                Configs.parse("johwa.yaml", text.toString());
            } catch (ProblemException e) {
                assertThat(e.problems())
                        .allSatisfy(problem -> assertThat(problem.where()).isNotNull());
            }
        }
    }

    @Test
    void aShareOfTheMemoryIsTakenOnlyOfALimit() {
        var draft = new Draft("java-maven", "Java");
        draft.start.put("web", List.of("java", Detection.SHARE_OF_MEMORY, "-jar", "app.jar"));
        var configs = new Configs(ServerSpec.parse("server.yaml", ""));
        var wanted = new Wanted("shop", "shop", "production", "main");

        for (var yaml : List.of("", "limits: {memory: 512Mi}")) {
            var settings = configs.resolve(wanted, Configs.parse("johwa.yaml", yaml), draft.done(), Map.of())
                    .settings();
            assertThat(settings.processes().get("web").contains(Detection.SHARE_OF_MEMORY))
                    .isEqualTo(!yaml.isEmpty());
        }
    }

    @Test
    void whatIsAllowedToOneProjectIsNotToAnother() {
        var configs = new Configs(ServerSpec.parse("server.yaml", "allow: {shop: [host-path, privileged]}\n"));
        assertThat(configs.allowed("shop")).containsExactlyInAnyOrder("host-path", "privileged");
        assertThat(configs.allowed("other")).isEmpty();

        var wrong = catchThrowableOfType(
                ProblemException.class,
                () -> ServerSpec.parse("server.yaml", "allow: {shop: [privilegd], other: all}\nalow: {}\n"));
        assertThat(wrong.problems())
                .extracting(Problem::text)
                .containsExactly(
                        "server.yaml:1:16: 'privilegd' is nothing that may be allowed — did you mean 'privileged'?"
                                + " write a list of host-path, privileged, host-network",
                        "server.yaml:1:35: what is allowed is 'all' — write a list of host-path, privileged,"
                                + " host-network",
                        "server.yaml:2:1: unknown key 'alow' — did you mean 'allow'?");
    }
}
