package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.text;

import dev.johwa.lib.html.Html;
import dev.johwa.lib.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Who looks at a page, how and when.
///
/// @param projects that they may see, for the way from one to another: asked for on pages of projects only
/// @param name whose browser it is; empty before the log-in
/// @param form what forms of this session carry
/// @param path of the page, with its query
/// @param origin `https://johwa.example.com`: what the reader's own commands need
public record Visit(
        Texts texts,
        Assets assets,
        Supplier<List<Project>> projects,
        Optional<String> name,
        String form,
        String path,
        String origin,
        Instant now) {

    /// @param isFailing whether its last run failed, or an app in production is not well
    public record Project(String name, boolean isFailing) {}

    /// The words under a key.
    public String say(String key, Object... values) {
        return texts.say(key, values);
    }

    /// The same as a piece of a page.
    Html words(String key, Object... values) {
        return text(texts.say(key, values));
    }

    /// Why a form was not taken: in the reader's language where there are words for it, as `issues.wrong.title` for
    /// `issue.title`.
    public String wrong(String section, Problem problem) {
        var words = section + ".wrong." + problem.code().replaceFirst("^[^.]*\\.", "");
        return texts.has(words) ? say(words) : problem.text();
    }
}
