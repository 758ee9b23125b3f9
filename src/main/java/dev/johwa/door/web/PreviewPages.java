package dev.johwa.door.web;

import dev.johwa.door.web.page.PreviewView;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.Pass;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The way from the log-in to what not everybody sees.
final class PreviewPages {
    private final Pages pages;
    private final Releases releases;

    PreviewPages(Pages pages, Releases releases) {
        this.pages = pages;
        this.releases = releases;
    }

    List<Route> all() {
        return List.of(
                Route.get("/-/preview", Access.SIGNED_IN, "On to a preview, by its address in `to`", this::goOn));
    }

    private void goOn(Call call) {
        var to = call.query("to").flatMap(PreviewPages::address).orElseThrow(() -> unknown(call));
        var ticket = releases.ticket(
                        to.getHost().toLowerCase(Locale.ROOT), call.identity().orElseThrow())
                .orElseThrow(() -> unknown(call));
        var query = to.getRawQuery() == null ? "" : to.getRawQuery() + "&";
        var goal = here(to) + to.getRawPath() + "?" + query + Pass.SHARE + "=" + ticket;
        var visit = pages.visit(call);
        // No redirect: after a form, browsers follow none to another site, as our own policy wants it.
        call.context().header("Refresh", "0; url=" + goal);
        pages.show(call, visit, PreviewView.page(visit, to.getHost(), goal));
    }

    private static String here(URI to) {
        return to.getScheme() + "://" + to.getHost() + (to.getPort() < 0 ? "" : ":" + to.getPort());
    }

    private static Optional<URI> address(String text) {
        try {
            var to = new URI(text);
            boolean isWeb = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
            return Optional.of(to)
                    .filter(_ ->
                            isWeb && to.getHost() != null && to.getRawPath().startsWith("/"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// One answer for what is not there and for what somebody may not see.
    private static ProblemException unknown(Call call) {
        return Problem.user(
                        "preview.unknown",
                        "'" + call.by() + "' sees no preview at "
                                + call.query("to").orElse("an address that was not given"))
                .hint("it may be gone with its branch; or ask an owner to let you see the project")
                .exception();
    }
}
