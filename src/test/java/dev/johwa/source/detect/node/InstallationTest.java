package dev.johwa.source.detect.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {
    @TempDir
    Path place;

    private Detection detect(String... files) {
        return new Sample(place, files).with("node", "22.4.0").detect();
    }

    private Detection locked(String file, String text, String more) {
        return detect("package.json", "{\"dependencies\": {\"a\": \"1\"}" + more + "}", file, text);
    }

    private static List<String> last(List<List<String>> commands) {
        return commands.getLast();
    }

    @ParameterizedTest
    @CsvSource({
        "package-lock.json, {}, node-npm, npm ci",
        "pnpm-lock.yaml, lockfileVersion: '9.0', node-pnpm, pnpm install --frozen-lockfile",
        "yarn.lock, '# yarn lockfile v1\na@1:', node-yarn, yarn install --frozen-lockfile",
        "yarn.lock, '\n__metadata:\n  version: 8\n', node-yarn, yarn install --immutable",
        "bun.lock, {\"lockfileVersion\": 1}, node-bun, bun install --frozen-lockfile"
    })
    void theLockFileTellsTheTool(String file, String text, String provider, String command) {
        var found = locked(file, text, "");

        assertThat(found.provider()).isEqualTo(provider);
        assertThat(String.join(" ", last(found.install()))).startsWith(command);
        assertThat(found.caches()).extracting(Detection.Cache::folder).contains("node_modules");
        assertThat(Sample.warnings(found)).containsExactly("detect.nothing-starts");
    }

    @ParameterizedTest
    @CsvSource({
        "pnpm-lock.yaml, lockfileVersion: '9.0', pnpm@10.34.9",
        "pnpm-lock.yaml, lockfileVersion: '6.0', pnpm@8.15.9",
        "pnpm-lock.yaml, lockfileVersion: 5.4, pnpm@7.33.7",
        "yarn.lock, # yarn lockfile v1, yarn@1.22.22",
        "yarn.lock, '\n__metadata:\n  version: 6\n', @yarnpkg/cli-dist@3.8.7",
        "yarn.lock, '\n__metadata:\n  version: 8\n', @yarnpkg/cli-dist@4.13.0",
        "yarn.lock, '\n__metadata:\n  version: 9\n', @yarnpkg/cli-dist@4.14.1"
    })
    void aToolThatIsNotHereComesInTheVersionThatReadsTheLock(String file, String text, String wanted) {
        var found = locked(file, text, "");

        assertThat(found.install().getFirst())
                .startsWith("npm", "install", "--prefix")
                .endsWith(wanted);
        assertThat(found.environment().get("PATH")).contains(".johwa/");
        assertThat(found.evidence()).anyMatch(each -> each.why().contains("from npm's registry"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"packageManager\": \"pnpm@9.15.0+sha512.abc\"', pnpm@9.15.0",
        "'\"packageManager\": \"yarn@4.9.2\"', @yarnpkg/cli-dist@4.9.2",
        "'\"packageManager\": \"yarn@1.22.19\"', yarn@1.22.19",
        "'\"devEngines\": {\"packageManager\": {\"name\": \"bun\", \"version\": \"1.3.0\"}}', bun@1.3.0",
        "'\"devEngines\": {\"packageManager\": {\"name\": \"pnpm\"}}', pnpm@10.34.9",
        "'\"engines\": {\"pnpm\": \">=10\"}', pnpm@10.34.9",
        "'\"engines\": {\"yarn\": \"^1.20\"}', yarn@1.22.22"
    })
    void theVersionThatPackageJsonNamesIsFetched(String field, String wanted) {
        assertThat(detect("package.json", "{" + field + ", \"dependencies\": {\"a\": \"1\"}}")
                        .install()
                        .getFirst())
                .endsWith(wanted);
    }

    @Test
    void whatPackageJsonNamesCountsMoreThanALockFile() {
        var found = locked("package-lock.json", "{}", ", \"packageManager\": \"pnpm@10.0.0\"");

        assertThat(found.provider()).isEqualTo("node-pnpm");
        assertThat(Sample.warnings(found)).startsWith("detect.other-lock", "detect.no-lock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pnpm@9; rm -rf /",
                "pnpm@file:../x",
                "pnpm@$(id)",
                "pnpm",
                "@",
                "pnpm@9`id`",
                "unknown@1",
                "pnpm@git+ssh://x"
            })
    void aNameThatIsNoVersionIsNotFetched(String field) {
        var found = detect("package.json", "{\"packageManager\": \"" + field + "\", \"dependencies\": {\"a\": \"1\"}}");

        assertThat(found.provider()).isEqualTo("node-npm");
    }

    @Test
    void ofTwoLockFilesTheRarerToolsIsUsed() {
        var found = detect(
                "package.json",
                "{\"dependencies\": {\"a\": \"1\"}}",
                "package-lock.json",
                "{}",
                "yarn.lock",
                "# yarn lockfile v1");

        assertThat(found.provider()).isEqualTo("node-yarn");
        assertThat(found.warnings().getFirst().message())
                .isEqualTo("there are several lock files: yarn.lock is used, package-lock.json is not");
    }

    @ParameterizedTest
    @CsvSource({
        "package-lock.json, {\"lockfileVersion\": 99}, npm install",
        "pnpm-lock.yaml, lockfileVersion: '77.0', pnpm install --no-frozen-lockfile",
        "yarn.lock, '\n__metadata:\n  version: 99\n', yarn install --no-immutable"
    })
    void aLockFileOfTheFutureIsNotTrusted(String file, String text, String command) {
        var found = locked(file, text, "");

        assertThat(String.join(" ", last(found.install()))).startsWith(command);
        assertThat(Sample.warnings(found)).contains("detect.lock-form");
    }

    @Test
    void aPrivateRegistryInTheLockIsTold() {
        var text = "{\"packages\": {\"node_modules/a\": {\"resolved\": \"https://npm.corp.example/a.tgz\"},"
                + " \"node_modules/b\": {\"resolved\": \"https://registry.npmjs.org/b.tgz\"}}}";

        var found = locked("package-lock.json", text, "");

        assertThat(found.warnings().getFirst().message())
                .contains("npm.corp.example")
                .doesNotContain("npmjs");
    }

    @Test
    void aToolThatWasBroughtIsPackedOnlyWhereItIsCalled() {
        var lock = "lockfileVersion: '9.0'";
        assertThat(locked("pnpm-lock.yaml", lock, ", \"scripts\": {\"start\": \"node a.js\"}"))
                .matches(found ->
                        found.leftovers().contains(".johwa") && !found.layers().contains(".johwa"));
        assertThat(locked("pnpm-lock.yaml", lock, ", \"scripts\": {\"start\": \"pnpm run x && node a.js\"}"))
                .matches(found ->
                        found.layers().contains(".johwa") && !found.leftovers().contains(".johwa"));
    }

    @Test
    void yarnFromTheRepositoryItselfIsUsed() {
        var found = detect(
                "package.json",
                "{\"dependencies\": {\"a\": \"1\"}, \"packageManager\": \"yarn@4.1.0\"}",
                ".yarnrc.yml",
                "yarnPath: .yarn/releases/yarn-4.1.0.cjs\n",
                ".yarn/releases/yarn-4.1.0.cjs",
                "",
                "yarn.lock",
                "__metadata:\n  version: 8\n");

        assertThat(found.install())
                .containsExactly(List.of("node", ".yarn/releases/yarn-4.1.0.cjs", "install", "--immutable"));
    }

    @Test
    void everythingThatDecidesAboutThePackagesIsInTheirKey() {
        var found = detect(
                "package.json", "{\"dependencies\": {\"a\": \"1\"}}", "package-lock.json", "{}", "patches/a.patch", "");

        assertThat(found.caches().getFirst().key())
                .contains("package-lock.json", "package.json", ".npmrc", "prisma/schema.prisma", "patches/a.patch");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"\": {\"dependencies\": {\"a\": \"1\"}}, \"node_modules/a\": {}}', npm ci",
        "'{\"\": {\"dependencies\": {\"a\": \"2\"}}, \"node_modules/a\": {}}', npm install",
        "'{\"\": {\"dependencies\": {\"a\": \"1\"}}}', npm install",
        "'{\"node_modules/a\": {\"optionalDependencies\": {\"@b/c\": \"1\"}}}', npm install",
        "'{\"node_modules/a\": {\"dependencies\": {\"b\": \"1\"}}, \"node_modules/a/node_modules/b\": {}}', npm ci",
        "'{\"node_modules/a/node_modules/b\": {\"dependencies\": {\"c\": \"1\"}}, \"node_modules/a/node_modules/c\": {}}',"
                + " npm ci",
        "'{\"node_modules/a\": {\"dependencies\": {\"b\": \"1\"}}, \"node_modules/c/node_modules/b\": {}}', npm install"
    })
    void aLockThatLacksSomethingIsFilledUp(String packages, String command) {
        var found = locked("package-lock.json", "{\"lockfileVersion\": 3, \"packages\": " + packages + "}", "");

        assertThat(String.join(" ", last(found.install()))).startsWith(command);
        assertThat(Sample.warnings(found).contains("detect.lock-differs")).isEqualTo(command.endsWith("install"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"build\": \"pnpm exec tsc\"', node-pnpm",
        "'\"start\": \"NODE_ENV=production bun src/index.ts\"', node-bun",
        "'\"build:css\": \"yarn run css && true\"', node-yarn",
        "'\"release\": \"yarn publish\"', node-npm",
        "'\"start\": \"node bundle.js\"', node-npm"
    })
    void withoutALockTheToolThatScriptsCallInstalls(String script, String provider) {
        assertThat(detect("package.json", "{\"scripts\": {" + script + "}, \"dependencies\": {\"a\": \"1\"}}")
                        .provider())
                .isEqualTo(provider);
    }

    @ParameterizedTest
    @CsvSource({"./router, true", "@/router, true", "./router.ts, false", "express, false"})
    void typeScriptWhoseImportsNameNoEndingIsRunByWhatFindsThem(String name, boolean isBrought) {
        var found = new Sample(
                        place,
                        "package.json",
                        "{\"dependencies\": {\"express\": \"4\"}}",
                        "src/app.ts",
                        "import router from '" + name + "'; app.listen(3000);")
                .with("node", "22.20.0")
                .detect();

        assertThat(found.start().get("web")).containsExactly(isBrought ? "tsx" : "node", "src/app.ts");
        assertThat(found.install().stream().anyMatch(command -> command.contains("tsx@4.20.6")))
                .isEqualTo(isBrought);
    }

    @Test
    void whoHasTheTypesOfBunRunsOnIt() {
        var found = detect(
                "package.json",
                "{\"scripts\": {\"dev\": \"bun run --hot src/index.ts\"}, \"dependencies\": {\"hono\": \"4\"},"
                        + " \"devDependencies\": {\"@types/bun\": \"latest\"}}",
                "src/index.ts",
                "export default app;");

        assertThat(found.provider()).isEqualTo("node-bun");
        assertThat(found.start().get("web")).containsExactly("bun", "src/index.ts");
    }

    @Test
    void aToolThatAScriptCallsIsBroughtBesideTheOneThatInstalls() {
        var found = locked("package-lock.json", "{}", ", \"scripts\": {\"start\": \"bun app.ts\"}");

        assertThat(found.provider()).isEqualTo("node-npm");
        assertThat(found.install().getFirst()).startsWith("npm", "install", "--prefix", ".johwa/bun");
        assertThat(found.layers()).contains(".johwa");
        assertThat(locked(
                                "package-lock.json",
                                "{}",
                                ", \"devDependencies\": {\"bun\": \"1\"}, \"scripts\": {\"start\": \"bun a.ts\"}")
                        .install())
                .hasSize(1);
    }

    @Test
    void packagesOfTheRepositoryItselfAreInNoLockOfYarns() {
        var found = detect(
                "package.json",
                "{\"private\": true, \"workspaces\": [\"packages/*\"], \"dependencies\": {\"@shop/ui\": \"*\", \"a\": \"1\"},"
                        + " \"scripts\": {\"start\": \"node server.js\"}}",
                "packages/ui/package.json",
                "{\"name\": \"@shop/ui\"}",
                "yarn.lock",
                "# yarn lockfile v1\n\na@1:\n  version \"1.0.0\"\n");

        assertThat(found.install().toString()).contains("--frozen-lockfile");
        assertThat(Sample.warnings(found)).doesNotContain("detect.lock-differs");
    }

    @ParameterizedTest
    @CsvSource({"'a@1, a@^2:', yarn install --frozen-lockfile", "'b@1:', yarn install --production=false"})
    void aYarnLockThatDoesNotNameAPackageIsNotHeldTo(String entry, String command) {
        var found = locked("yarn.lock", "# yarn lockfile v1\n\n" + entry + "\n  version \"1.0.0\"\n", "");

        assertThat(String.join(" ", last(found.install()))).startsWith(command);
        assertThat(Sample.warnings(found).contains("detect.lock-differs")).isEqualTo(!command.contains("frozen"));
    }

    @ParameterizedTest
    @CsvSource({
        "6.17.1, npm install --production=false, true",
        "12.22.12, npm ci --production=false, false",
        "16.1.0, npm ci --include=dev, false"
    })
    void anOldNpmIsSpokenToInItsOwnWords(String version, String command, boolean isTold) {
        var found = new Sample(place, "package.json", "{\"dependencies\": {\"a\": \"1\"}}", "package-lock.json", "{}")
                .with("node", version)
                .detect();

        var words = String.join(" ", last(found.install()));
        assertThat(words).contains(command);
        assertThat(words.contains("npm_config_cafile")).isEqualTo(isTold);
    }
}
