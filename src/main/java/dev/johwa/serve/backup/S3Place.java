package dev.johwa.serve.backup;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.http.HttpCalls.Answer;
import dev.johwa.lib.http.HttpCalls.Call;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A prefix of a bucket of an S3-compatible store. What fails by the store's or the network's fault is tried again.
final class S3Place implements Place {
    private static final Pattern WHERE = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,62})(?:/(.*?))?/?");
    private static final Pattern ITEM = Pattern.compile("<Contents>(.*?)</Contents>", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int TRIES = 5;

    private final String where;
    private final String bucket;
    private final String prefix;
    private final S3Account account;
    private final S3Signature signature;
    private final HttpCalls calls;
    private final Clock clock;

    /// @param where `s3://BUCKET/PREFIX`
    S3Place(String where, S3Account account, Clock clock) {
        var parts = WHERE.matcher(where);
        if (!parts.matches()) {
            throw Problem.user("backup.where", "'" + where + "' names no bucket")
                    .hint("write s3://BUCKET or s3://BUCKET/PREFIX")
                    .exception();
        }
        this.where = where;
        this.bucket = parts.group(1);
        this.prefix = parts.group(2) == null || parts.group(2).isEmpty() ? "" : parts.group(2) + "/";
        this.account = account;
        this.signature = new S3Signature(account);
        this.calls = new HttpCalls(account.endpoint());
        this.clock = clock;
    }

    @Override
    public Map<String, Long> list(String folder) {
        var found = new HashMap<String, Long>();
        var next = Optional.of("");
        while (next.isPresent()) {
            var token = next.get().isEmpty() ? "" : "continuation-token=" + encoded(next.get()) + "&";
            var answer = ask("GET", "", token + "list-type=2&prefix=" + encoded(prefix + folder + "/"), new byte[0]);
            if (answer.status() != 200) {
                throw refused("list", answer);
            }
            var text = new String(answer.body(), StandardCharsets.UTF_8);
            ITEM.matcher(text).results().map(item -> item.group(1)).forEach(item -> {
                var key = element(item, "Key").orElse("");
                found.put(
                        key.substring(prefix.length()),
                        Long.parseLong(element(item, "Size").orElse("0")));
            });
            next = element(text, "NextContinuationToken").filter(more -> !more.isEmpty());
        }
        return found;
    }

    private static Optional<String> element(String xml, String name) {
        var found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
        return found.find() ? Optional.of(plain(found.group(1))) : Optional.empty();
    }

    private static String plain(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    @Override
    public byte[] read(String name) {
        var answer = ask("GET", name, "", new byte[0]);
        if (answer.status() == 200) {
            return answer.body();
        }
        var refused = refused("read " + name + " of", answer);
        if (answer.status() == 404 && !code(answer).equals("NoSuchBucket")) {
            throw Problems.missing(name, this, refused);
        }
        throw refused;
    }

    @Override
    public void write(String name, byte[] bytes) {
        var answer = ask("PUT", name, "", bytes);
        if (answer.status() != 200) {
            throw refused("write to", answer);
        }
    }

    @Override
    public void delete(String name) {
        var answer = ask("DELETE", name, "", new byte[0]);
        if (answer.status() / 100 != 2 && answer.status() != 404) {
            throw refused("delete from", answer);
        }
    }

    /// A store has no locks; our own backups wait for each other anyway.
    @Override
    public BackupPorts.Held lock() {
        return () -> {};
    }

    @Override
    public boolean isLocked() {
        return false;
    }

    private Answer ask(String method, String name, String query, byte[] body) {
        for (int tries = 1; ; tries++) {
            try {
                var answer = calls.send(call(method, name, query, body));
                if (answer.status() < 500 && answer.status() != 429 || tries == TRIES) {
                    return answer;
                }
            } catch (ProblemException e) {
                if (tries == TRIES) {
                    throw new ProblemException(
                            Problem.external(
                                            "backup.unreachable",
                                            account.endpoint() + " does not answer: "
                                                    + e.problem().message())
                                    .hint(
                                            "look at the network and at AWS_ENDPOINT_URL_S3; earlier backups are as they were"),
                            e);
                }
            }
            clock.pause(PAUSE.multipliedBy(1L << tries));
        }
    }

    private Call call(String method, String name, String query, byte[] body) {
        var path = Arrays.stream((bucket + (name.isEmpty() ? "" : "/" + prefix + name)).split("/"))
                .map(S3Place::encoded)
                .collect(Collectors.joining("/", "/", ""));
        var uri = URI.create(account.endpoint() + path + (query.isEmpty() ? "" : "?" + query));
        return new Call(method, uri, signature.fields(method, uri, Map.of(), body, clock.now()), body, PATIENCE);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String code(Answer answer) {
        return element(new String(answer.body(), StandardCharsets.UTF_8), "Code")
                .orElse("");
    }

    private ProblemException refused(String what, Answer answer) {
        var text = new String(answer.body(), StandardCharsets.UTF_8);
        var why = element(text, "Message").orElse(code(answer));
        return Problem.external(
                        "backup.refused",
                        account.endpoint() + " does not let us " + what + " " + where + ": status " + answer.status()
                                + " " + why)
                .hint("look at the bucket, and at what the account may do: list, read, write, delete")
                .exception();
    }

    @Override
    public String toString() {
        return where;
    }
}
