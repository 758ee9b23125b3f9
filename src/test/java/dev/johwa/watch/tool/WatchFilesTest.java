package dev.johwa.watch.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.yaml.Yaml;
import dev.johwa.source.config.Slo;
import dev.johwa.watch.alert.Objectives;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files for tools of others, read by the tools that can be had.
class WatchFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        var apps = List.of("shop", "shop/api");
        var objectives = apps.stream()
                .flatMap(app -> Objectives.of(app, "production", Slo.NONE).stream())
                .toList();
        var watched = new Watched("shop", URI.create("https://johwa.example.com"), apps, objectives, true);
        for (var file :
                WatchFiles.of(watched, EnumSet.allOf(Tool.class)).files().entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, file.getValue());
        }
    }

    private String run(String tool, String... words) throws IOException, InterruptedException {
        var program = Stream.of(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(program.isPresent(), tool + " is not here");
        var command = Stream.concat(Stream.of(program.get().toString()), Stream.of(words))
                .toList();
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void prometheusTakesItsConfigurationAndRules() throws Exception {
        Files.writeString(folder.resolve("prometheus/" + PrometheusText.TOKEN), "token");

        var said = run("promtool", "check", "config", "prometheus/prometheus.yml");

        // Two apps with two objectives, of eight windows twice, their target and four paces; and three
        // of figures that vanished and twelve of the platform.
        assertThat(said).contains("SUCCESS: 99 rules found").doesNotContain("duplicate rules");
        assertThat(Files.readString(folder.resolve("prometheus/prometheus.yml")))
                .contains("url: https://johwa.example.com:443/prometheus/targets?project=shop");
    }

    /// Of two disks with half of a tenth left the large one has enough; an instance is told of once it had too much for
    /// ten minutes and was there before.
    @Test
    void prometheusFiresWhereThePlatformDoes() throws Exception {
        Files.writeString(folder.resolve("prometheus/test.yml"), """
                rule_files: [johwa.rules.yml]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                      - {series: 'johwa_disk_free_bytes{disk="small"}', values: '5e9x30'}
                      - {series: 'johwa_disk_size_bytes{disk="small"}', values: '1e11x30'}
                      - {series: 'johwa_disk_free_bytes{disk="large"}', values: '5e10x30'}
                      - {series: 'johwa_disk_size_bytes{disk="large"}', values: '1e12x30'}
                      - {series: 'johwa_instance_memory_bytes{app="shop",environment="production",process="web",instance="a"}', values: '98x30'}
                      - {series: 'johwa_instance_memory_limit_bytes{app="shop",environment="production",process="web",instance="a"}', values: '100x30'}
                      - {series: 'johwa_instance_start_time_seconds{app="shop",environment="production",process="web",instance="a"}', values: '0x30'}
                      - {series: 'johwa_instance_memory_bytes{app="shop",environment="idea",process="web",instance="b"}', values: '98x30'}
                      - {series: 'johwa_instance_memory_limit_bytes{app="shop",environment="idea",process="web",instance="b"}', values: '100x30'}
                      - {series: 'johwa_instance_start_time_seconds{app="shop",environment="idea",process="web",instance="b"}', values: '0x30'}
                      - {series: 'johwa_process_restarts_total{app="shop",environment="production"}', values: '0+1x30'}
                      - {series: 'johwa_process_restarts_total{app="shop",environment="idea"}', values: '0+1x30'}
                      - {series: 'johwa_app_serving_release{app="shop",environment="production",release="3",preview="false"}', values: '1x30'}
                      - {series: 'johwa_app_serving_release{app="shop",environment="idea",release="3",preview="true"}', values: '1x30'}
                    alert_rule_test:
                      - eval_time: 20m
                        alertname: JohwaDiskFills
                        exp_alerts:
                          - exp_labels: {disk: small, severity: ticket}
                            exp_annotations: {summary: The disk has 4.657GiB left}
                      - eval_time: 20m
                        alertname: JohwaCrashLoop
                        exp_alerts:
                          - exp_labels: {app: shop, environment: production, severity: page}
                            exp_annotations: {summary: shop in production ends again and again}
                      - {eval_time: 9m, alertname: JohwaMemoryNearlyUsed}
                      - eval_time: 25m
                        alertname: JohwaMemoryNearlyUsed
                        exp_alerts:
                          - exp_labels: {app: shop, environment: production, process: web, instance: a, severity: ticket}
                            exp_annotations:
                              summary: "web of shop in production has 98% of the memory that it may have, for ten minutes: \
                at all of it the kernel ends it"
                """);
        assertThat(run("promtool", "test", "rules", "prometheus/test.yml")).contains("SUCCESS");
    }

    /// Of a preview nobody is told; the fourth hour was missed, which was found after half of it.
    @Test
    void prometheusFiresOnceAJobWasFoundToBeMissed() throws Exception {
        Files.writeString(folder.resolve("prometheus/test.yml"), """
                rule_files: [johwa.rules.yml]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                      - {series: 'johwa_app_serving_release{app="shop",environment="production",release="3",preview="false"}', values: '1x300'}
                      - {series: 'johwa_app_serving_release{app="shop",environment="big",release="4",preview="true"}', values: '1x300'}
                      - {series: 'johwa_job_missed_timestamp_seconds{app="shop",environment="production",job_name="hourly"}', values: '600x30 _x179 12600x90'}
                      - {series: 'johwa_job_missed_timestamp_seconds{app="shop",environment="big",job_name="hourly"}', values: '_x209 12600x90'}
                    alert_rule_test:
                      - {eval_time: 25m, alertname: JohwaJobMissed}
                      - {eval_time: 209m, alertname: JohwaJobMissed}
                      - eval_time: 210m
                        alertname: JohwaJobMissed
                        exp_alerts:
                          - exp_labels: {app: shop, environment: production, job_name: hourly, severity: ticket}
                            exp_annotations:
                              summary: "Job hourly of shop in production was missed: the server was not there"
                      - {eval_time: 220m, alertname: JohwaJobMissed}
                """);
        assertThat(run("promtool", "test", "rules", "prometheus/test.yml")).contains("SUCCESS");
    }

    @Test
    void alertmanagerTakesItsRoutes() throws Exception {
        assertThat(run("amtool", "check-config", "alertmanager/alertmanager.yml"))
                .contains("SUCCESS", "3 receivers");
        assertThat(run(
                        "amtool",
                        "config",
                        "routes",
                        "test",
                        "--config.file=alertmanager/alertmanager.yml",
                        "severity=page"))
                .contains("pages");
        assertThat(run(
                        "amtool",
                        "config",
                        "routes",
                        "test",
                        "--config.file=alertmanager/alertmanager.yml",
                        "severity=ticket"))
                .contains("tickets");
        assertThat(run(
                        "amtool",
                        "config",
                        "routes",
                        "test",
                        "--config.file=alertmanager/alertmanager.yml",
                        "alertname=JohwaWatchdog",
                        "severity=none"))
                .contains("watchdog");
    }

    @Test
    void theRestIsWellFormed() throws IOException {
        var board = Json.tree(Files.readString(folder.resolve("grafana/shop.json")));
        assertThat(board.path("panels").size()).isEqualTo(8);
        assertThat(board.path("templating").path("list").path(1).path("query").asString())
                .contains("shop/api");
        for (var name : List.of("grafana/dashboards.yml", "fluent-bit/fluent-bit.yaml", "vector/vector.yaml")) {
            assertThat(Yaml.read(name, Files.readString(folder.resolve(name)))).isNotNull();
        }
        assertThat(Files.readString(folder.resolve("fluentd/fluent.conf"))).contains("host johwa.example.com");
    }

    @Test
    void aToolIsFoundByItsWord() {
        assertThat(Tool.of("fluent-bit")).isEqualTo(Optional.of(Tool.FLUENT_BIT));
        assertThat(Tool.of("nagios")).isEmpty();
        assertThat(Tool.words()).hasSize(6);
    }
}
