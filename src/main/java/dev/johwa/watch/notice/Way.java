package dev.johwa.watch.notice;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import java.util.Arrays;
import java.util.Locale;

/// How a receiver is told.
public enum Way {
    MAIL,
    /// A POST that is signed as Standard Webhooks say.
    WEBHOOK,
    /// An incoming webhook of Slack, which Mattermost, Rocket.Chat and Discord take too.
    SLACK,
    /// An issue where the project has its home.
    ISSUE,
    /// An address that is called as long as all is well, and of nothing else: who is not called any more knows that
    /// this server is dead.
    HEARTBEAT;

    /// By its word.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `notify.way`
    public static Way of(String word) {
        var words = Arrays.stream(values()).map(Way::word).toList();
        return Arrays.stream(values())
                .filter(way -> way.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Problem.user("notify.way", "'" + word + "' is no way to tell somebody")
                        .hint(Near.question(word, words).orElse("choose mail, webhook, slack, issue or heartbeat"))
                        .exception());
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
