package dev.johwa.source.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.config.Configs.Resolved;
import dev.johwa.source.config.Configs.Wanted;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.stack.Draft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The process written as a file changes nothing, whether its lines stay behind their '#' or not.
class WholeFileTest {
    private static final Pattern KEY_BEHIND_SIGN = Pattern.compile("(?m)^#(?=[a-z])");

    private static Detection detection(
            Map<String, List<String>> start, List<List<String>> build, OptionalInt port, Detection.Service service) {
        var draft = new Draft("node-npm", "Node.js");
        draft.packageManager = Optional.of("npm");
        draft.version = Optional.of("20");
        draft.service = service;
        draft.install.add(List.of("npm", "ci"));
        draft.build.addAll(build);
        draft.test.add(new Detection.Test(List.of("npm", "test"), "other", Optional.empty()));
        draft.start.putAll(start);
        draft.release.add(List.of("sh", "-c", "npm run migrate"));
        draft.port = port;
        draft.health = port.isPresent() ? Optional.of("/healthz") : Optional.empty();
        draft.environment.clear();
        return draft.done();
    }

    private static Resolved resolve(ServerSpec spec, Detection detection, String yaml, String environment) {
        return new Configs(spec)
                .resolve(
                        new Wanted("shop", "shop", environment, "main"),
                        Configs.parse("johwa.yaml", yaml),
                        detection,
                        Map.of("SET", "on the server"));
    }

    private static void changesNothing(ServerSpec spec, Detection detection) {
        var production = resolve(spec, detection, "", "production");
        var whole = Configs.whole(production, resolve(spec, detection, "", "preview"));

        for (var text : List.of(whole, KEY_BEHIND_SIGN.matcher(whole).replaceAll(""))) {
            for (var environment : List.of("production", "preview", "staging")) {
                assertThat(resolve(spec, detection, text, environment).settings())
                        .as(text)
                        .isEqualTo(resolve(spec, detection, "", environment).settings());
            }
        }
    }

    @Test
    void aDetectedProjectIsWrittenWhole() {
        var spec = ServerSpec.parse(
                "server.yaml",
                "defaults: {instances: 2, env: {A: 'yes', B: '# no', C: \"two\\nlines\"}, verify: [smoke], secrets: [KEY]}\n"
                        + "rules: {test: [audit], limits: {memory: 512Mi, cpu: 0.5}}\n");
        var start = new LinkedHashMap<String, List<String>>();
        start.put("web", List.of("sh", "-c", "node server.js --port $PORT # \"quoted\""));
        start.put("worker", List.of("sh", "-c", "node worker.js"));

        changesNothing(
                spec,
                detection(
                        start,
                        List.of(List.of("npm", "run", "build"), List.of("sh", "-c", "a && b\nc")),
                        OptionalInt.of(3000),
                        Detection.Service.WEB));
    }

    @Test
    void everyKindOfServiceIsWrittenWhole() {
        for (var service : List.of(Detection.Service.WEB, Detection.Service.WORKER, Detection.Service.STATIC)) {
            var name = service == Detection.Service.WORKER ? "worker" : "web";
            changesNothing(
                    ServerSpec.none(),
                    detection(Map.of(name, List.of("node", "-e", "1: 2")), List.of(), OptionalInt.empty(), service));
        }
    }

    @Test
    void whateverTheWordsOfTheCommandsTheyAreReadAgain() {
        var random = new Random(20261125);
        var pieces = List.of(
                "a", "-", ":", " ", "#", "'", "\"", "\\", "\n", "{", "]", ",", "&", "*", "!", "|", "ü", "0", "~");
        for (int i = 0; i < 300; i++) {
            var words = new ArrayList<String>();
            for (int j = random.nextInt(4); j >= 0; j--) {
                var word = new StringBuilder();
                for (int k = random.nextInt(5); k >= 0; k--) {
                    word.append(pieces.get(random.nextInt(pieces.size())));
                }
                words.add(word.toString());
            }
            changesNothing(
                    ServerSpec.none(),
                    detection(Map.of("web", words), List.of(words), OptionalInt.empty(), Detection.Service.WEB));
        }
    }
}
