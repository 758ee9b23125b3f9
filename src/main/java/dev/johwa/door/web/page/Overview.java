package dev.johwa.door.web.page;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.IssueLink;
import dev.johwa.door.api.JobList;
import dev.johwa.door.api.ReceiverList;
import dev.johwa.door.api.ReleaseList;
import dev.johwa.door.api.Road;
import dev.johwa.door.api.RunList;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the page of a project tells.
///
/// @param places every app in every environment, production first
/// @param last the newest run with its road
/// @param out releases that went out, newest first
/// @param home where it is fetched from, when its home is elsewhere
/// @param word who is told when something fails, and what was told
/// @param jobs what runs at its times
/// @param mayOperate whether the reader may roll back
public record Overview(
        String project,
        List<Placed> places,
        Optional<Last> last,
        List<Out> out,
        List<RunList.Item> runs,
        Optional<Home> home,
        Word word,
        List<JobList.Item> jobs,
        boolean mayOperate) {

    /// A repository elsewhere.
    ///
    /// @param shown as people write it: `github.com/acme/shop`
    /// @param issues their page there; absent where it has none
    /// @param why it cannot be followed; empty where all is well
    public record Home(String shown, String page, Optional<String> issues, String why) {}

    /// @param receivers for who looks after the project
    /// @param told what is wrong or was lately, what lasts first
    public record Word(List<ReceiverList.Item> receivers, List<ReceiverList.Condition> told) {}

    /// An app in an environment.
    ///
    /// @param release that serves
    /// @param issues that its subject names
    /// @param before the one that a rollback would go to
    public record Placed(
            AppList.App app,
            Optional<ReleaseList.Item> release,
            String subject,
            List<IssueLink> issues,
            Optional<ReleaseList.Item> before,
            List<Figures> figures) {}

    /// What a release served in the last hour.
    ///
    /// @param minutes requests and errors of the last sixty minutes, oldest first
    /// @param from when the first of them began
    /// @param since when the release was made
    public record Figures(
            int release,
            long requests,
            long errors,
            long middleMillis,
            long slowMillis,
            List<Minute> minutes,
            Instant from,
            Optional<Instant> since) {
        /// @param slowSeconds within which 95 of 100 were answered; no number without requests
        public record Minute(long requests, long errors, double slowSeconds) {}
    }

    /// The newest change.
    ///
    /// @param words the last lines of its log while it goes on
    public record Last(RunList.Item run, Road road, List<String> words) {}

    /// A release of an app, with what its commit says.
    public record Out(
            String app, String environment, ReleaseList.Item release, String subject, List<IssueLink> issues) {}

    static final String PRODUCTION = "production";

    /// A name as a part of an address; slashes stay.
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    /// Where what can be done with an app is.
    static String app(String project, String app) {
        return "/" + project + "/apps/" + (app.equals(project) ? app : app.substring(project.length() + 1));
    }

    static String logs(String project, String environment) {
        return "/" + project + "/logs?environment=" + encoded(environment);
    }

    /// Where the pages of an app's releases are: the app is named where it is not alone.
    static String releases(String project, String app) {
        return "/" + project + "/releases" + (app.equals(project) ? "" : "/" + app.substring(project.length() + 1));
    }
}
