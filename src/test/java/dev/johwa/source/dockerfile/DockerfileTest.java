package dev.johwa.source.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.dockerfile.ImageDescription.Need;
import dev.johwa.source.dockerfile.ImageDescription.WebPort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where a problem stands, what to do about it, and what an image will be.
class DockerfileTest {
    private static Dockerfile read(String text) {
        return read(Map.of(), text);
    }

    private static Dockerfile read(Map<String, String> arguments, String text) {
        return Dockerfile.read("Dockerfile", text.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private static ImageDescription describe(String text) {
        return read(text).describe(Optional.empty());
    }

    /// `SEVERITY code place`, without the notes.
    private static List<String> told(String text) {
        return read(text).problems().stream()
                .filter(problem -> !problem.code().equals("dockerfile.root"))
                .map(problem -> problem.severity() + " " + problem.code().substring("dockerfile.".length()) + " "
                        + String.valueOf(problem.where()).substring("Dockerfile:".length()))
                .toList();
    }

    @Test
    void allErrorsAreToldAtOnceWithTheirPlaces() {
        assertThat(told("""
                        FROM alpine:3.20 AS 1x
                        RUNN echo
                        COPY --form=x a b
                        ENV A
                          EXPOSE
                        RUN echo \\
                          # comment
                          --network=x
                        HEALTHCHECK --interval=5 CMD x
                        CMD ["a", 1]
                        RUN <<END
                        """))
                .containsExactly(
                        "ERROR arguments 1:21",
                        "ERROR unknown-instruction 2:1",
                        "ERROR flag 3:6",
                        "ERROR arguments 4:5",
                        "ERROR arguments 5:3",
                        "ERROR flag 9:13",
                        "ERROR json 10:5",
                        "ERROR heredoc 11:5");
    }

    @Test
    void aWordThatIsNearlyRightIsSuggested() {
        assertThat(read("FROM a:1\nCOYP a b\nCOPY --form=x a b\nRUN --mount=type=cahce,target=/x y\n")
                        .problems())
                .extracting(Problem::hint)
                .contains("did you mean 'COPY'?", "did you mean 'from'?");
        assertThat(read("FROM a:1\nRUN --mount=type=cahce,target=/x y\n").problems())
                .extracting(Problem::hint)
                .contains("did you mean 'cache'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|ERROR empty 1:1",
                "# nothing~   # at all~|ERROR empty 1:1",
                "FROM alpine~USER 1|WARNING latest 1:6",
                "FROM alpine:latest~USER 1|WARNING latest 1:6",
                "FROM a:1~ARG API_TOKEN|WARNING secret 2:5",
                "FROM a:1~ENV A=1 DB_PASSWORD=x|WARNING secret 2:9",
                "FROM a:1~WORKDIR app|WARNING relative-workdir 2:1",
                "FROM a:1~CMD [\"a\"]~CMD [\"b\"]|WARNING several 2:1",
                "FROM a:1~CMD ['a']|WARNING no-json 2:5",
                "FROM a:1~CMD npm start|NOTE shell-form 2:1",
                "FROM a:1~ADD https://e.example/a.tgz /|WARNING remote-archive 2:5",
                "FROM a:1~COPY ../x /|WARNING outside 2:6",
                "FROM a:1~COPY --from=build /a /b|WARNING unknown-stage 2:8",
                "FROM a:1~COPY --from=3 /a /b|ERROR unknown-stage 2:8",
                "FROM a:1 AS x~COPY --from=x /a /b|ERROR stage-circle 2:8",
                "FROM a:1 AS x~COPY --from=y /a /b~FROM x AS y|ERROR stage-order 2:8",
                "FROM a:1~EXPOSE http|WARNING build-fails 2:8",
                "FROM a:1~STOPSIGNAL FOO|WARNING build-fails 2:12",
                "FROM $X|WARNING build-fails 1:6",
                "ARG X=1|WARNING build-fails 1:1",
                "FROM a:1 AS x~FROM b:1 AS x|WARNING stage-twice 2:13",
                "FROM a:1~RUN a \\~~  b|WARNING empty-continuation 2:1",
            })
    void whatAPersonShouldKnowIsTold(String text, String expected) {
        assertThat(told(text.replace('~', '\n') + "\n")).containsExactly(expected);
    }

    @Test
    void warningsAreToldBesideErrors() {
        assertThat(told("FROM alpine\nARG DB_PASS\nRUNN x\nADD http://e.example/x.zip /\n"))
                .containsExactly(
                        "WARNING latest 1:6",
                        "WARNING secret 2:5",
                        "ERROR unknown-instruction 3:1",
                        "WARNING remote-archive 4:5");
        var many = "FROM a:1\n" + "CMD x\n".repeat(3_000) + "RUNN x\n";
        assertThat(read(many).hasErrors()).isTrue();
        assertThat(read(many).problems()).hasSize(1_000);
    }

    @Test
    void whoRunsAsRootIsTold() {
        assertThat(read("FROM a:1\n").problems()).extracting(Problem::code).containsExactly("dockerfile.root");
        assertThat(read("FROM a:1\nUSER 0:0\n").problems())
                .extracting(Problem::code)
                .containsExactly("dockerfile.root");
        assertThat(read("FROM a:1 AS x\nUSER app\nFROM x\n").problems()).isEmpty();
        assertThat(read("FROM gcr.io/distroless/base:nonroot\n").problems()).isEmpty();
    }

    @Test
    void anArgumentThatTheBuildIsGivenNeedsNoValueInTheFile() {
        var text = "ARG VERSION\nFROM node:${VERSION}\nUSER node\nEXPOSE 80\n";

        assertThat(read(text).obstacles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.hint()).contains("docker.args in johwa.yaml"));
        var given = read(Map.of("VERSION", "24"), text);
        assertThat(given.problems()).isEmpty();
        assertThat(given.describe(Optional.empty()).bases())
                .extracting(ImageDescription.Base::reference)
                .containsExactly("node:24");
    }

    @Test
    void whatGrowsWithEachLineEndsWithAWord() {
        var doubled = new StringBuilder("FROM a:1\nENV A=aaaaaaaaaaaaaaaa\n");
        for (int i = 0; i < 40; i++) {
            doubled.append("ENV A=$A$A$A$A\n");
        }
        var ports = new StringBuilder("FROM a:1 AS s0\nEXPOSE 1-65535\n");
        for (int i = 1; i < 2_000; i++) {
            ports.append("FROM s").append(i - 1).append(" AS s").append(i).append('\n');
        }
        var replaced = "FROM a:1\nENV A=" + "a".repeat(4_000) + "\nENV B=${A//?/" + "b".repeat(4_000) + "}\n";

        for (var text : List.of(doubled.toString(), ports.toString(), replaced)) {
            assertThat(read(text).problems())
                    .extracting(Problem::message)
                    .anyMatch(message -> message.contains("longer than")
                            || message.contains("come to more than")
                            || message.contains("too long for the value"));
        }
    }

    @Test
    void aStageOfManyIsDescribed() {
        var file = read(Map.of("VERSION", "24"), """
                ARG VERSION=22
                FROM node:${VERSION}-slim AS base
                ENV PORT=8080
                LABEL team=shop
                FROM base AS test
                CMD ["npm", "test"]
                FROM base AS final
                WORKDIR /app
                WORKDIR sub
                COPY --from=nginx:1.27 /etc/nginx /etc/nginx
                EXPOSE 9090 $PORT 53/udp
                VOLUME /data
                STOPSIGNAL SIGQUIT
                USER node:node
                HEALTHCHECK --interval=10s --retries=2 CMD wget -qO- localhost || exit 1
                ENTRYPOINT ["node"]
                CMD server.js $PORT
                """);
        assertThat(file.hasErrors()).isFalse();
        assertThat(file.stages()).containsExactly("base", "test", "final");

        var image = file.describe(Optional.empty());
        assertThat(image.ports()).extracting(Object::toString).containsExactly("9090/tcp", "8080/tcp", "53/udp");
        assertThat(image.web()).contains(new WebPort(8080, "the variable PORT names it", Optional.empty()));
        assertThat(image.start().entrypoint()).containsExactly("node");
        assertThat(image.start().command()).containsExactly("/bin/sh", "-c", "server.js $PORT");
        assertThat(image.start().folder()).contains("/app/sub");
        assertThat(image.start().user()).contains("node:node");
        assertThat(image.start().stopSignal()).contains("SIGQUIT");
        assertThat(image.labels()).containsEntry("team", "shop");
        assertThat(image.volumes()).containsExactly("/data");
        assertThat(image.bases())
                .extracting(ImageDescription.Base::reference)
                .containsExactly("node:24-slim", "nginx:1.27");
        assertThat(image.healthcheck().orElseThrow().interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(image.needs()).isEmpty();

        assertThat(file.describe(Optional.of("TEST")).start().command()).containsExactly("npm", "test");
        assertThat(file.describe(Optional.of("0")).isWorker()).isTrue();
        assertThatThrownBy(() -> file.describe(Optional.of("tset"))).hasMessageContaining("did you mean 'test'?");
    }

    @Test
    void theWebPortIsChosenByReasons() {
        assertThat(describe("FROM a:1\nEXPOSE 5432\n").isWorker()).isTrue();
        assertThat(describe("FROM a:1\nEXPOSE 53/udp\n").isWorker()).isTrue();
        assertThat(describe("FROM a:1\nEXPOSE 7777\n").web())
                .contains(new WebPort(7777, "EXPOSE names it alone", Optional.empty()));
        assertThat(describe("FROM a:1\nEXPOSE 9229 3000\n").web().orElseThrow().number())
                .isEqualTo(3000);
        assertThat(describe("FROM a:1\nEXPOSE 9090 8080 7000\n")
                        .web()
                        .orElseThrow()
                        .number())
                .isEqualTo(8080);
        assertThat(describe("FROM a:1\nEXPOSE 8080 9000\nHEALTHCHECK CMD curl -f http://localhost:9000/ready\n")
                        .web())
                .contains(new WebPort(9000, "its HEALTHCHECK asks it", Optional.of("/ready")));
    }

    @Test
    void whatOnlyBuildKitCanDoIsToldWithItsPlace() {
        var image = describe("""
                FROM a:1
                RUN <<EOF
                x
                EOF
                RUN --mount=type=cache,target=/x --network=none y
                COPY --link --chmod=755 a b
                ARG TARGETARCH
                """);
        assertThat(image.needs())
                .extracting(Need::feature, need -> need.where().toString())
                .containsExactly(
                        tuple("heredoc", "Dockerfile:2:5"),
                        tuple("RUN --mount=type=cache", "Dockerfile:5:5"),
                        tuple("RUN --network", "Dockerfile:5:34"),
                        tuple("COPY --link", "Dockerfile:6:6"),
                        tuple("COPY --chmod", "Dockerfile:6:13"),
                        tuple("ARG TARGETARCH", "Dockerfile:7:5"));
    }

    @Test
    void aFileThatIsFarTooLargeIsRefusedUnread() {
        assertThat(Dockerfile.read("Dockerfile", new byte[3 << 20]).problems())
                .extracting(Problem::code)
                .containsExactly("dockerfile.size");
    }

    @Test
    void hugeFilesAreReadInAMoment() {
        var stages = new StringBuilder("FROM a:1 AS s0\n");
        for (int i = 1; i < 3_000; i++) {
            stages.append("FROM s").append(i - 1).append(" AS s").append(i).append("\nRUN x\n");
        }
        long start = System.nanoTime();
        assertThat(read(stages.toString()).hasErrors()).isFalse();
        assertThat(read("FROM a:1\nENV A=" + "${A:-".repeat(12_000) + "\n").hasErrors())
                .isFalse();
        assertThat(read("FROM a:1\nENV A=" + "x".repeat(9_000) + "\nENV B=${A//" + "*?".repeat(900) + "/y}\n")
                        .hasErrors())
                .isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
}
