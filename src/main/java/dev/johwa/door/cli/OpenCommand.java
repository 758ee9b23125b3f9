package dev.johwa.door.cli;

import dev.johwa.door.api.ConnectionList;
import dev.johwa.door.api.LinkList;
import dev.johwa.lib.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description =
                "Opens an app in your browser and tells its address, alone on a line. Where there is no terminal or no "
                        + "screen, as in scripts, in CI and over SSH, it only tells it. Where not everybody is let in, "
                        + "as in previews, --share makes a link for those who do not log in. --page opens the "
                        + "project's own page instead, --issue an issue, where a connected project has its home if "
                        + "it has one, or the form for a new one.",
        footer = {
            "%nExample:",
            "  johwa open shop",
            "  johwa open shop --page",
            "  johwa open shop --issue 12",
            "  johwa open shop --issue new",
            "  curl $(johwa open shop --print)",
            "  johwa open shop -e new-basket --share --expires 3d",
            "  johwa open shop -e new-basket --withdraw aB3dE6gH"
        })
final class OpenCommand extends AppVerb {
    @Option(
            names = "--page",
            description = "The project's page; the first browser that opens it within a minute is logged in.")
    boolean page;

    @Nullable
    @Option(
            names = "--issue",
            paramLabel = "N",
            description = "An issue of the project, `new` for the form of one, or `all`.")
    String issue;

    @Option(names = "--print", description = "Only tell the address.")
    boolean print;

    @Option(names = "--share", description = "Make a link that lets whoever has it in; it is shown this once.")
    boolean share;

    @Option(
            names = "--expires",
            paramLabel = "T",
            defaultValue = "7d",
            description = "How long the link holds, 90d at most; default: 7d.")
    String expires = "7d";

    @Option(names = "--links", description = "List the links that hold.")
    boolean links;

    @Nullable
    @Option(names = "--withdraw", paramLabel = "ID", description = "Withdraw a link; who came by it is out at once.")
    String withdraw;

    OpenCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        if (withdraw != null) {
            withdraw(withdraw);
        } else if (links) {
            list();
        } else if (issue != null) {
            issue(issue);
        } else if (page) {
            page();
        } else if (share) {
            share();
        } else {
            tell();
        }
        return ExitCode.DONE;
    }

    private void tell() {
        var app = app();
        var found = client().status(Optional.of(app.project())).apps().stream()
                .filter(each ->
                        each.name().equals(app.toString()) && each.environment().equals(environment))
                .findFirst()
                .orElseThrow(() -> AppsCommand.unknown(app, environment, client().status(Optional.empty())));
        if (!toldAsJson(Map.of("url", found.url()))) {
            show(found.url());
        }
    }

    private void page() {
        var project = app().project();
        var admitted = client().admit();
        var url = here() + admitted.path() + "&to=/" + project;
        if (!toldAsJson(Map.of("url", url, "until", admitted.until()))) {
            show(url);
        }
    }

    private String here() {
        return session.serverAddress().toString().replaceFirst("/+$", "");
    }

    private void issue(String which) {
        var project = app().project();
        var place = which.replaceFirst("^#", "");
        if (!place.matches("[1-9]\\d{0,8}|new|all")) {
            throw Problem.user("usage.issue", "'" + which + "' is no issue")
                    .hint("give its number, `new`, or `all`: johwa open " + project + " --issue 12")
                    .exception();
        }
        var there = client().connections().list().connections().stream()
                .filter(each -> each.project().equals(project))
                .findFirst()
                .flatMap(ConnectionList.Item::issues);
        var issues = there.orElseGet(() -> here() + "/" + project + "/issues");
        var form = there.map(host -> host + "/new").orElseGet(() -> here() + "/" + project + "/new-issue");
        var url = switch (place) {
            case "all" -> issues;
            case "new" -> form;
            case String number -> issues + "/" + number;
        };
        if (!toldAsJson(Map.of("url", url))) {
            show(url);
        }
    }

    private void show(String address) {
        screen().line(address);
        if (!print && new WebBrowser(session.surroundings()).open(address)) {
            screen().progress("Your browser opens it; --print only tells the address.");
        }
    }

    private void share() {
        var made = client().share(app(), new LinkList.Order(environment, expires));
        if (!toldAsJson(made)) {
            screen().line(made.link());
            screen().progress(
                            made.guarded()
                                    ? "It holds until " + Times.local(made.until())
                                            + ", and is shown this once. Programs"
                                            + " send what follows the = as the header Johwa-Share."
                                    : "Everybody is let in there, with or without it.");
        }
    }

    private void list() {
        var list = client().links(app(), environment);
        if (!toldAsJson(list)) {
            screen().table(
                            List.of("ID", "BY", "SINCE", "UNTIL"),
                            list.links().stream()
                                    .map(link -> List.of(
                                            link.id(), link.by(), Times.local(link.since()), Times.local(link.until())))
                                    .toList());
        }
    }

    private void withdraw(String id) {
        client().withdrawLink(app(), environment, id);
        if (!toldAsJson(Map.of("withdrawn", id))) {
            screen().line("withdrawn: " + id);
        }
    }
}
