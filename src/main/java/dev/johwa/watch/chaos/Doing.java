package dev.johwa.watch.chaos;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.chaos.Experiment.Activity;
import dev.johwa.watch.chaos.Experiment.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Does what an activity says and tells what it gave, in the form of Chaos Toolkit: `status`, `headers` and `body` of
/// an answer, `status`, `stdout` and `stderr` of a program.
final class Doing {
    private static final String JSON = "application/json";

    private final World world;
    private final Names names;

    Doing(World world, Names names) {
        this.world = world;
        this.names = names;
    }

    /// @throws World.Failed when it could not be done
    Map<String, Object> act(Activity activity) {
        return switch (activity.provider()) {
            case Provider.Http http -> ask(http);
            case Provider.Program program -> run(program);
        };
    }

    private Map<String, Object> ask(Provider.Http http) {
        var headers = new HashMap<String, String>();
        http.headers().forEach((name, value) -> headers.put(name, Plain.word(filled(value))));
        var method = http.method().toUpperCase(Locale.ROOT);
        var arguments = http.arguments().map(this::filled);
        var url = Plain.word(filled(http.url()));
        boolean isGet = method.equals("GET");
        var query = isGet ? arguments.map(Doing::form).filter(text -> !text.isEmpty()) : Optional.<String>empty();
        byte[] body = isGet ? new byte[0] : body(arguments, headers);
        var asked =
                url + query.map(text -> (url.contains("?") ? "&" : "?") + text).orElse("");
        return told(world.ask(new World.Ask(asked, method, headers, body, limit(http.timeout()))));
    }

    private static byte[] body(Optional<Object> arguments, Map<String, String> headers) {
        if (arguments.isEmpty()) {
            return new byte[0];
        }
        boolean isJson = JSON.equals(headers.get("Content-Type"));
        if (!isJson && arguments.get() instanceof Map<?, ?>) {
            headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
        }
        var text = isJson ? Json.write(arguments.get()) : form(arguments.get());
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String form(Object arguments) {
        return arguments instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"))
                : String.valueOf(arguments);
    }

    private static String encoded(@Nullable Object value) {
        return URLEncoder.encode(value == null ? "" : Plain.word(value), StandardCharsets.UTF_8);
    }

    private Map<String, Object> told(World.Answer answer) {
        var told = new LinkedHashMap<String, Object>();
        told.put("status", answer.status());
        told.put("headers", answer.headers());
        var text = new String(answer.body(), StandardCharsets.UTF_8);
        var type = answer.headers().entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase("Content-Type"))
                .map(Map.Entry::getValue)
                .findFirst();
        told.put("body", type.filter(JSON::equals).isPresent() ? json(text) : text);
        return told;
    }

    private static Object json(String text) {
        try {
            return Json.read(text, Object.class);
        } catch (ProblemException e) {
            throw new World.Failed("the answer says that it is JSON, and is not");
        }
    }

    private Map<String, Object> run(Provider.Program program) {
        var arguments = program.arguments().map(each -> names.isEmpty() ? each : filled(each));
        if (program.path().equals(OwnWords.PROGRAM)) {
            return ended(own(ActivityReader.words(arguments.orElse(null))));
        }
        var command = new ArrayList<String>();
        if (arguments.orElse("") instanceof String text && !text.isEmpty()) {
            // A text is for a shell, as it is there.
            command.addAll(List.of("sh", "-c", program.path() + " " + text));
        } else {
            command.add(program.path());
            command.addAll(ActivityReader.words(arguments.orElse(null)));
        }
        return ended(world.run(command, limit(program.timeout())));
    }

    private World.Ended own(List<String> words) {
        try {
            return new World.Ended(0, world.act(OwnWords.read(words)), "");
        } catch (ProblemException e) {
            throw new World.Failed(e.problem().text());
        }
    }

    private static Map<String, Object> ended(World.Ended ended) {
        var told = new LinkedHashMap<String, Object>();
        told.put("status", ended.status());
        told.put("stdout", ended.out());
        told.put("stderr", ended.err());
        return told;
    }

    private Object filled(Object value) {
        var filled = names.in(value);
        return filled == null ? "" : filled;
    }

    private Optional<Duration> limit(Optional<Object> seconds) {
        return seconds.map(this::filled)
                .map(value -> value instanceof List<?> both && !both.isEmpty() ? both.getLast() : value)
                .filter(Number.class::isInstance)
                .map(value -> Duration.ofMillis((long) (((Number) value).doubleValue() * 1_000)));
    }
}
