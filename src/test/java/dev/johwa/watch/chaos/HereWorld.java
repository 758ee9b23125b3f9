package dev.johwa.watch.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// This machine, as Chaos Toolkit reaches it; faults are only noted.
final class HereWorld implements World, AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    final List<String> said = new ArrayList<>();
    final List<OwnWords> acts = new ArrayList<>();

    @Override
    public Answer ask(Ask ask) {
        var request = HttpRequest.newBuilder(URI.create(ask.url()))
                .method(ask.method(), BodyPublishers.ofByteArray(ask.body()));
        ask.headers().forEach(request::header);
        try {
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            var headers = new HashMap<String, String>();
            answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new Answer(answer.statusCode(), headers, answer.body());
        } catch (IOException e) {
            throw new Failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Ended run(List<String> command, Optional<Duration> limit) {
        try {
            var process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String act(OwnWords words) {
        acts.add(words);
        return "";
    }

    @Override
    public void pause(Duration time) {}

    @Override
    public Optional<String> ending() {
        return Optional.empty();
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public void say(String line) {
        said.add(line);
    }

    @Override
    public String hidden(String text) {
        return text;
    }

    @Override
    public Runnable beside(Runnable work) {
        var thread = Thread.ofVirtual().start(work);
        return () -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    static Names names(Experiment experiment, Map<String, String> environment) {
        return Names.of(experiment.configuration(), environment);
    }

    @Override
    public void close() {
        client.close();
    }
}
