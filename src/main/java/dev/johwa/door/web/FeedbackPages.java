package dev.johwa.door.web;

import dev.johwa.door.web.page.FeedbackView;
import dev.johwa.door.web.page.FeedbackView.Asked;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.FeedbackPlaces;
import dev.johwa.serve.release.Release;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// Where users of an app say what they think of it, under its own names. What they say becomes an issue that names the
/// release they saw. Works without script.
final class FeedbackPages {
    private static final String SENT = "sent";

    private final Pages pages;
    private final WebRooms rooms;
    private final FeedbackPlaces places;
    private final FeedbackTurns turns;

    FeedbackPages(Pages pages, WebRooms rooms) {
        this.pages = pages;
        this.rooms = rooms;
        this.places = new FeedbackPlaces(rooms.releases(), rooms.domains(), rooms.clock());
        this.turns = new FeedbackTurns(rooms.clock());
    }

    List<Route> all() {
        return List.of(
                Route.get(FeedbackPlaces.PATH, Access.OPEN, "What do users of an app think", this::ask),
                Route.post(FeedbackPlaces.PATH, Access.OPEN, "Say what you think of an app", this::take),
                Route.get(FeedbackPlaces.PATH + "/{file}", Access.OPEN, "The style of that page", this::style));
    }

    private static String host(Call call) {
        return Optional.ofNullable(call.context().header("Host")).orElse("");
    }

    /// One answer for what is not there, for what asks nobody, and for who comes past the edge, which knows whom the
    /// app
    /// lets in.
    private Release asking(Call call) {
        return Optional.of(host(call))
                .filter(_ -> Peer.isBehindEdge(call.context()))
                .flatMap(places::at)
                .orElseThrow(() ->
                        Problem.user("path.unknown", "nothing is asked here").exception());
    }

    private void ask(Call call) {
        var release = asking(call);
        var visit = pages.visit(call);
        var asked = asked(release, from(call), "", "", Optional.empty());
        boolean isSent = call.query(SENT).isPresent();
        show(call, 200, isSent ? FeedbackView.thanks(visit, asked) : FeedbackView.page(visit, asked));
    }

    private static Asked asked(Release release, String from, String said, String contact, Optional<String> wrong) {
        return new Asked(FeedbackPlaces.PATH, release.where().name(), release.number(), from, said, contact, wrong);
    }

    /// The path of the same host that led here.
    private static String from(Call call) {
        try {
            var referer = new URI(
                    Optional.ofNullable(call.context().header("Referer")).orElse(""));
            boolean isHere = host(call).equalsIgnoreCase(referer.getRawAuthority())
                    && !FeedbackPlaces.PATH.equals(referer.getRawPath());
            return isHere ? referer.getRawPath() : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static void show(Call call, int status, String document) {
        call.context()
                .status(status)
                .contentType(Pages.TYPE + "; charset=utf-8")
                .result(document);
        call.context().header("Cache-Control", "no-store");
    }

    private void take(Call call) {
        var release = asking(call);
        var visit = pages.visit(call);
        var said = call.form("said").replace("\r\n", "\n").strip();
        var contact = call.form("contact").strip();
        var project = release.where().project();
        var wrong = wrong(said, contact);
        if (wrong.isPresent()) {
            show(call, 422, FeedbackView.page(visit, asked(release, call.form("from"), said, contact, wrong)));
        } else if (!turns.take(project, call.address(), () -> rooms.issues().open(project))) {
            wrong = Optional.of("feedback.often");
            show(call, 429, FeedbackView.page(visit, asked(release, call.form("from"), said, contact, wrong)));
        } else {
            var seen = seen(call, release);
            rooms.issues().open(project, FeedbackIssue.of(seen, call.form("from"), said, contact));
            Pages.go(call, FeedbackPlaces.PATH + "?" + SENT + "=yes");
        }
    }

    private static Optional<String> wrong(String said, String contact) {
        if (said.isEmpty()) {
            return Optional.of("feedback.empty");
        }
        boolean isLong = said.length() > FeedbackView.LONGEST || contact.length() > FeedbackView.LONGEST_CONTACT;
        return isLong ? Optional.of("feedback.long") : Optional.empty();
    }

    /// The release that they saw, if there was such a one; else the one that serves.
    private Release seen(Call call, Release serving) {
        var number = call.form("release");
        return number.matches("[1-9][0-9]{0,8}")
                ? rooms.releases()
                        .find(serving.where(), Integer.parseInt(number))
                        .orElse(serving)
                : serving;
    }

    private void style(Call call) {
        var asset = pages.assets()
                .find(call.path("file"))
                .filter(each -> each.type().startsWith("text/css"))
                .orElseThrow(() ->
                        Problem.user("path.unknown", "there is no such file").exception());
        Pages.send(call, asset);
    }
}
