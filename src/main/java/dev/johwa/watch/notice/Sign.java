package dev.johwa.watch.notice;

import dev.johwa.serve.release.AppEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What shows that something is wrong.
///
/// @param key tells one condition from another; signs with an equal key are of the same
/// @param project whose it is; empty: the platform's
/// @param mark what makes it worth another word while the condition lasts, such as the commit; empty: nothing is,
///     which what is always the same has, and what is less bad than before
/// @param over what is said when it is well again
public record Sign(Kind kind, String key, String project, String mark, Words words, String over) {

    Sign saying(Words other) {
        return new Sign(kind, key, project, mark, other, over);
    }

    /// What a person reads.
    ///
    /// @param subject what it is about, the same as long as the condition lasts: `shop: release to production`
    /// @param headline what happened, a sentence
    /// @param details with their values
    /// @param lastWords of a log, secrets hidden
    /// @param advice what would mend it, a line each
    /// @param path of the page that shows more, `/shop/runs/7`
    /// @param changes commits since what was well, with their authors, newest first
    /// @param story what happened while it lasted, oldest first
    /// @param firstWords of a log, where they are not among the last
    /// @param app of which there are figures; empty where it is of none
    public record Words(
            String subject,
            String headline,
            List<Detail> details,
            List<String> lastWords,
            List<String> advice,
            String path,
            List<String> changes,
            List<String> story,
            List<String> firstWords,
            Optional<App> app) {
        public Words {
            details = List.copyOf(details);
            lastWords = List.copyOf(lastWords);
            advice = List.copyOf(advice);
            changes = List.copyOf(Objects.requireNonNullElse(changes, List.of()));
            story = List.copyOf(Objects.requireNonNullElse(story, List.of()));
            firstWords = List.copyOf(Objects.requireNonNullElse(firstWords, List.of()));
            app = Objects.requireNonNullElse(app, Optional.empty());
        }

        public static Words of(String subject, String headline, String path) {
            return new Words(
                    subject,
                    headline,
                    List.of(),
                    List.of(),
                    List.of(),
                    path,
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty());
        }

        Words saying(String other) {
            return new Words(subject, other, details, lastWords, advice, path, changes, story, firstWords, app);
        }

        public Words advice(String... lines) {
            return advice(List.of(lines));
        }

        public Words details(Detail... more) {
            return new Words(
                    subject, headline, List.of(more), lastWords, advice, path, changes, story, firstWords, app);
        }

        /// What its program said.
        Words said(Said words) {
            return new Words(
                    subject, headline, details, words.last(), advice, path, changes, story, words.first(), app);
        }

        Words changes(List<String> commits) {
            return new Words(subject, headline, details, lastWords, advice, path, commits, story, firstWords, app);
        }

        /// With what happened while it lasted.
        public Words story(List<String> lines) {
            return new Words(subject, headline, details, lastWords, advice, path, changes, lines, firstWords, app);
        }

        Words advice(List<String> lines) {
            return new Words(subject, headline, details, lastWords, lines, path, changes, story, firstWords, app);
        }

        /// With the figures of an app.
        public Words of(App other) {
            return new Words(
                    subject,
                    headline,
                    details,
                    lastWords,
                    advice,
                    path,
                    changes,
                    story,
                    firstWords,
                    Optional.of(other));
        }
    }

    /// @param name `shop`, or `shop/api`
    public record App(String name, String environment) {
        public static App of(AppEnvironment where) {
            return new App(where.name(), where.environment());
        }
    }

    /// The begin and the end of what a program said.
    ///
    /// @param first none where they are among the last
    public record Said(List<String> first, List<String> last) {
        public static final Said NOTHING = new Said(List.of(), List.of());

        public Said {
            first = List.copyOf(first);
            last = List.copyOf(last);
        }
    }

    /// A value with its name.
    public record Detail(String name, String value) {}
}
