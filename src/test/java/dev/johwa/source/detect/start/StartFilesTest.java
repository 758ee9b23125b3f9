package dev.johwa.source.detect.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Evidence;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that say in any stack what runs, and who of them comes first.
class StartFilesTest {
    private static final String NODE = "{\"scripts\": {\"start\": \"node own.js\"}}";

    @TempDir
    Path place;

    private Sample of(String... files) {
        return new Sample(place, files).with("node", "22.0.0");
    }

    private static String web(Detection found) {
        return found.start().getOrDefault("web", List.of("", "", "")).getLast();
    }

    @Test
    void aProcfileComesBeforeHerokuYmlAndThatBeforeTheStack() {
        var procfile = "web: ./from-procfile\n";
        var heroku = "run:\n  web: ./from-heroku\nrelease:\n  image: web\n  command:\n    - ./migrate\n    - ./seed\n";

        var all = of("Procfile", procfile, "heroku.yml", heroku, "package.json", NODE)
                .detect();
        assertThat(web(all)).isEqualTo("./from-procfile");
        assertThat(all.provider()).isEqualTo("node-npm");
        assertThat(all.release()).containsExactly(List.of("sh", "-c", "./migrate && ./seed"));
        assertThat(all.evidence())
                .startsWith(new Evidence("Procfile", "starts web"))
                .contains(new Evidence("heroku.yml", "what it starts is not used: Procfile comes first"));
    }

    @Test
    void herokuYmlComesBeforeTheStackAndIsEnoughByItself() {
        var heroku = "build:\n  docker:\n    web: Dockerfile\n  config:\n    MODE: live\nrun:\n  web: ./run\n  jobs:\n"
                + "    command:\n      - ./jobs\n    image: web\n";

        var found = of("heroku.yml", heroku).detect();

        assertThat(found.provider()).isEqualTo("heroku-yml");
        assertThat(found.start())
                .containsExactly(
                        Map.entry("web", List.of("sh", "-c", "./run")),
                        Map.entry("jobs", List.of("sh", "-c", "./jobs")));
        assertThat(found.environment()).containsEntry("MODE", "live");
        assertThat(web(of("heroku.yml", heroku, "package.json", NODE).detect())).isEqualTo("./run");
    }

    @Test
    void appJsonTellsValuesHealthAndWhatMustBeGiven() {
        var found = of("package.json", NODE, "app.json", """
                {"env": {"MODE": "live", "KEY": {"generator": "secret"}, "TOKEN": {"description": "x"},
                         "COLOR": {"value": "blue"}, "DB": {"required": true}, "MAYBE": {"required": false}},
                 "scripts": {"postdeploy": "./seed", "test": "npm run check"},
                 "formation": {"web": {"quantity": 3}},
                 "healthchecks": {"web": [{"type": "startup", "path": "/up"}]}, "addons": ["heroku-postgresql"]}
                """).detect();

        assertThat(web(found)).isEqualTo("node own.js");
        assertThat(found.environment()).containsEntry("MODE", "live").containsEntry("COLOR", "blue");
        assertThat(found.health()).contains("/up");
        assertThat(found.test()).extracting(each -> each.command().getLast()).containsExactly("npm run check");
        assertThat(found.warnings()).extracting(Problem::message).contains("it wants TOKEN to be given");
        assertThat(found.needs()).isEqualTo(new Detection.Needs(List.of("DB"), List.of("KEY")));
        assertThat(found.evidence().stream()
                        .filter(each -> each.file().equals("app.json"))
                        .map(Evidence::why)
                        .toList()
                        .toString())
                .contains("postdeploy is not run", "3 instances", "addons are not brought");
    }

    @Test
    void appJsonHasJobsAsDokkuReadsThem() {
        var found = of("package.json", NODE, "app.json", """
                {"cron": [{"command": "node clean.js", "schedule": "0 3 * * *"},
                          {"command": "node clean.js", "schedule": "@daily"},
                          {"command": "node off.js", "schedule": "@daily", "maintenance": true},
                          {"command": "node never.js", "schedule": "0 0 31 2 *"}, {"schedule": "@daily"}]}
                """).detect();

        assertThat(found.schedule())
                .containsExactly(
                        Map.entry(
                                "node-clean-js", new Detection.Job("0 3 * * *", List.of("sh", "-c", "node clean.js"))),
                        Map.entry(
                                "node-clean-js-2", new Detection.Job("@daily", List.of("sh", "-c", "node clean.js"))));
        assertThat(found.warnings())
                .extracting(Problem::message)
                .contains("cron: 'node never.js' at '0 0 31 2 *' never runs", "cron: '' at '@daily' never runs");
        assertThat(found.evidence())
                .contains(new Evidence("app.json", "'node off.js' is held back by its maintenance: true"));
    }

    @Test
    void anAppJsonOfAnotherToolSaysNothing() {
        assertThat(of("package.json", NODE, "app.json", "{\"expo\": {\"name\": \"x\"}, \"scripts\": {\"test\": \"x\"}}")
                        .detect()
                        .test())
                .isEmpty();
    }

    @Test
    void aMakefileCountsOnlyWhereNothingElseStarts() {
        var makefile = ".PHONY: run\nFLAGS := -v\nrun: build\n\t./app\nbuild:\n\tcc x.c\ntest:\n\t./check\n";

        var alone = of("Makefile", makefile).detect();
        assertThat(alone.service()).isEqualTo(Service.WEB);
        assertThat(web(alone)).isEqualTo("exec make run");
        assertThat(Sample.words(alone.build())).isEqualTo("sh -c make build");
        assertThat(alone.test()).hasSize(1);
        assertThat(web(of("Makefile", makefile, "package.json", NODE).detect())).isEqualTo("node own.js");
    }

    @Test
    void aTargetThatStartsAContainerIsNotTaken() {
        assertThat(of("Makefile", "run:\n\tdocker compose up\n").find()).isEmpty();
    }

    @Test
    void startShComesLastAndWindowsDoesItNoHarm() throws Exception {
        var sample = of("start.sh", "#!/usr/bin/env bash\r\necho $PORT\r\n");
        var windows = sample.detect();

        assertThat(web(windows)).isEqualTo("exec bash -c \"$(tr -d '\\r' < start.sh)\" start.sh");
        assertThat(windows.warnings())
                .extracting(Problem::text)
                .anyMatch(text -> text.startsWith("start.sh: has lines"));

        var plain = of("start.sh", "#!/bin/sh\necho\n");
        assertThat(web(plain.detect())).isEqualTo("./start.sh");
        assertThat(place.resolve("app/start.sh").toFile().setExecutable(false)).isTrue();
        assertThat(web(plain.detect())).isEqualTo("exec sh start.sh");
    }

    @Test
    void aScriptThatAProcfileNamesIsMendedTheSame() {
        var sample = of("Procfile", "web: bin/serve --port $PORT\n", "bin/serve", "#!/bin/bash\necho\n");
        assertThat(web(sample.detect())).isEqualTo("bin/serve --port $PORT");

        assertThat(place.resolve("app/bin/serve").toFile().setExecutable(false)).isTrue();
        assertThat(web(sample.detect())).isEqualTo("exec bash bin/serve --port $PORT");
    }

    @Test
    void brokenFilesAreWarningsWithTheirPlaces() {
        var found = of(
                        "package.json",
                        NODE,
                        "heroku.yml",
                        "run:\n  web: [\n",
                        "app.json",
                        "{\"env\": ",
                        "Procfile",
                        "x\n")
                .detect();

        assertThat(web(found)).isEqualTo("node own.js");
        assertThat(found.warnings())
                .extracting(problem -> String.valueOf(problem.where()).replaceAll(":.*", ""))
                .contains("Procfile", "heroku.yml", "app.json");
    }
}
