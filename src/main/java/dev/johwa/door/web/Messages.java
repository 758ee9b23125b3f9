package dev.johwa.door.web;

import dev.johwa.build.pipeline.Run;
import dev.johwa.door.api.IssueLink;
import dev.johwa.source.git.Commit;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.host.Connection;
import dev.johwa.source.host.Connections;
import dev.johwa.source.issue.Issues;
import dev.johwa.source.issue.Mention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What commits say, of the last so many that were asked for, since that never changes and pages that are open ask for
/// it again; and which issues of their project's home that names. Safe for use by many threads.
final class Messages {
    private static final int KEPT = 2_000;
    private static final int LONGEST = 4_000;

    private final Repositories repositories;
    private final Connections connections;
    private final Issues issues;
    private final Map<String, String> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };

    Messages(Repositories repositories, Connections connections, Issues issues) {
        this.repositories = repositories;
        this.connections = connections;
        this.issues = issues;
    }

    /// The first line; empty when the commit is not here.
    String subject(String project, String commit) {
        return of(project, commit).lines().findFirst().orElse("");
    }

    /// Finds issues of a project's home, which may be here.
    IssueLinks issues(String project) {
        return connections
                .find(project)
                .map(Connection::issues)
                .<IssueLinks>map(elsewhere -> text -> elsewhere.in(text).stream()
                        .map(issue -> new IssueLink(issue.name(), issue.url()))
                        .toList())
                .orElseGet(() -> issues.areThere(project) ? text -> own(project, text) : IssueLinks.NONE);
    }

    private List<IssueLink> own(String project, String text) {
        return Mention.in(text).stream()
                .flatMap(mention -> issues.find(project, mention.number()).stream())
                .map(issue -> new IssueLink(issue.name(), "/" + project + "/issues/" + issue.number()))
                .toList();
    }

    /// Those that the whole message of a run's commit names.
    List<IssueLink> issues(Run run) {
        var links = issues(run.project());
        return links == IssueLinks.NONE ? List.of() : links.in(run.subject() + "\n" + of(run.project(), run.commit()));
    }

    private synchronized String of(String project, String commit) {
        var before = known.get(project + " " + commit);
        if (before != null) {
            return before;
        }
        var found = repositories.exists(project)
                ? repositories.resolve(project, commit).map(Messages::beginning)
                : Optional.<String>empty();
        found.ifPresent(message -> known.put(project + " " + commit, message));
        return found.orElse("");
    }

    private static String beginning(Commit commit) {
        var message = commit.message();
        return message.substring(0, Math.min(message.length(), LONGEST));
    }
}
