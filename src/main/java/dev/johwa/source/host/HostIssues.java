package dev.johwa.source.host;

import dev.johwa.source.host.Connection.Kind;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Issues of one repository, in the words of its host.
final class HostIssues {
    private final HostCalls calls;
    private final String path;
    private final Dialect words;

    /// @param path of the repository in the host's interface
    HostIssues(HostCalls calls, String path, Kind kind) {
        this.calls = calls;
        this.path = path;
        this.words = Dialect.of(kind);
    }

    /// What hosts say differently. GitHub's list has proposals among the issues, whose words are nobody's of ours.
    ///
    /// @param open which of them are asked for
    /// @param comments what stands below one, the newest among them
    /// @param update how one is changed
    private record Dialect(
            String open,
            String number,
            String text,
            String comments,
            String update,
            Map<Boolean, Map<String, String>> state) {
        private static Dialect of(Kind kind) {
            return switch (kind) {
                case GITHUB, GIT ->
                    new Dialect(
                            "?state=open&per_page=100", "number", "body", "/comments?per_page=100", "PATCH", states());
                case GITEA ->
                    new Dialect("?state=open&type=issues&limit=50", "number", "body", "/comments", "PATCH", states());
                case GITLAB ->
                    new Dialect(
                            "?state=opened&per_page=100",
                            "iid",
                            "description",
                            "/notes?per_page=100",
                            "PUT",
                            Map.of(true, Map.of("state_event", "reopen"), false, Map.of("state_event", "close")));
            };
        }

        private static Map<Boolean, Map<String, String>> states() {
            return Map.of(true, Map.of("state", "open"), false, Map.of("state", "closed"));
        }
    }

    /// Whether the repository has issues at all.
    boolean areThere() throws HostFailed {
        var about = calls.get(path);
        return about.path("has_issues").asBoolean(about.path("issues_enabled").asBoolean(true));
    }

    /// Fails where they may not even be read.
    void touch() throws HostFailed {
        calls.touch(path + "/issues" + words.open());
    }

    /// @return its number
    int open(String title, String text) throws HostFailed {
        var made = calls.send("POST", path + "/issues", Map.of("title", title, words.text(), text));
        return made.path(words.number()).asInt(0);
    }

    /// @param isOpen whether nobody closed it
    record Issue(int number, boolean isOpen, String text) {}

    /// The newest open ones.
    List<Issue> open() throws HostFailed {
        return calls.list(path + "/issues" + words.open(), "").stream()
                .map(this::issue)
                .toList();
    }

    Issue get(int number) throws HostFailed {
        return issue(calls.get(at(number)));
    }

    private Issue issue(JsonNode told) {
        boolean isOpen = told.path("state").asString("").startsWith("open");
        return new Issue(told.path(words.number()).asInt(0), isOpen, text(told, words.text()));
    }

    private static String text(JsonNode told, String field) {
        return told.path(field).asString("").replace("\r\n", "\n").strip();
    }

    void setOpen(int number, boolean open) throws HostFailed {
        var _ = calls.send(words.update(), at(number), words.state().getOrDefault(open, Map.of()));
    }

    /// What was said below it.
    List<String> comments(int number) throws HostFailed {
        return calls.list(at(number) + words.comments(), "").stream()
                .map(each -> text(each, "body"))
                .toList();
    }

    void say(int number, String text) throws HostFailed {
        var place = words.comments().replaceFirst("\\?.*", "");
        var _ = calls.send("POST", at(number) + place, Map.of("body", text));
    }

    private String at(int number) {
        return path + "/issues/" + number;
    }
}
